namespace GpuKeras.Tests.Support.Ptx;

/// <summary>A parameter, or an array in the shared, local or constant memory of a kernel.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Space">The state space: <c>param</c>, <c>shared</c>, <c>local</c> or <c>const</c>.</param>
/// <param name="Address">Where it starts in that space.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Values">What it holds at first, or null.</param>
public sealed record PtxVariable(string Name, string Space, int Address, int Bytes, byte[]? Values);
