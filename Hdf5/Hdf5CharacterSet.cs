namespace GpuKeras.Hdf5;

/// <summary>The characters that a string type declares; both are read as UTF-8.</summary>
public enum Hdf5CharacterSet
{
    /// <summary>ASCII.</summary>
    Ascii = 0,

    /// <summary>UTF-8.</summary>
    Utf8 = 1,
}
