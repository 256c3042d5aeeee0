namespace GpuKeras.Tests.Support.Ptx;

/// <summary>A parameter of a kernel.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, or that of an array's elements.</param>
/// <param name="Variable">Where it lies in parameter memory.</param>
public sealed record PtxParameter(string Name, PtxType Type, PtxVariable Variable);
