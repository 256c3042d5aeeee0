namespace GpuKeras.Tests.Support.Ptx;

/// <summary>A fault in PTX text or in what it does.</summary>
public sealed class PtxException(string message) : Exception(message);
