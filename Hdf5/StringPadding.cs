namespace GpuKeras.Hdf5;

/// <summary>How a fixed string that is shorter than its room ends; the values are the format's.</summary>
internal enum StringPadding
{
    /// <summary>The first zero ends it; the rest is undefined.</summary>
    FirstZero = 0,

    /// <summary>Filled up with zeros.</summary>
    Zeros = 1,

    /// <summary>Filled up with spaces.</summary>
    Spaces = 2,
}
