namespace GpuKeras.Compilation;

/// <summary>How a kernel argument is passed.</summary>
internal enum ArgumentKind
{
    /// <summary>An allocation: the 8-byte handle at the offset (a cl_mem on OpenCL, a device address on CUDA).</summary>
    Pointer,

    /// <summary>A number: so many bytes from the offset.</summary>
    Value,

    /// <summary>A block that is read by run-time indices (an InlineArray): so many bytes from the offset, in parameter memory.</summary>
    Block,

    /// <summary>The number of indices of an auto-indexed launch: an int32 that is not in the argument struct.</summary>
    Count,
}
