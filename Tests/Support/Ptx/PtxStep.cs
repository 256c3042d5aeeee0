namespace GpuKeras.Tests.Support.Ptx;

/// <summary>What an instruction does to an item.</summary>
public delegate void PtxStep(PtxItem item);
