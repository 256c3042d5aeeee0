namespace GpuKeras;

/// <summary>When a device measures which way to compute something is the fastest: <c>GPUKERAS_TUNE</c>.</summary>
internal enum TuningMode
{
    /// <summary>Never, and what was measured before is not used: one program computes the same bits with any cache.</summary>
    Off,

    /// <summary>Never; what was measured before is used.</summary>
    Kept,

    /// <summary>Where nothing is kept.</summary>
    On,

    /// <summary>Once in each process, whatever is kept.</summary>
    Again,
}
