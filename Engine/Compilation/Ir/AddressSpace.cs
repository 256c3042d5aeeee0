namespace GpuKeras.Compilation;

/// <summary>Where a pointer points. Known for every pointer from the start, as OpenCL C 1.2 has no generic address space.</summary>
internal enum AddressSpace
{
    /// <summary>The device's memory.</summary>
    Global,

    /// <summary>Memory of a group (<c>__local</c> in OpenCL, <c>.shared</c> in PTX).</summary>
    Shared,

    /// <summary>Memory of one item (<c>__private</c> in OpenCL, <c>.local</c> in PTX).</summary>
    Local,

    /// <summary>A block among the kernel's arguments: read only (<c>.param</c> in PTX).</summary>
    Parameter,

    /// <summary>Constants of the program: read only.</summary>
    Constant,
}
