namespace GpuKeras.Tests.Support.Ptx;

/// <summary>How memory is touched.</summary>
public enum PtxAccess
{
    Read,
    Write,
    Atomic,
}
