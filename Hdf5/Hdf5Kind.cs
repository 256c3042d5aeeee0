namespace GpuKeras.Hdf5;

/// <summary>What the bytes of an element mean.</summary>
public enum Hdf5Kind
{
    /// <summary>A type that can be listed but not read, such as a compound or a reference.</summary>
    Unsupported,

    /// <summary>A two's complement integer of 1, 2, 4 or 8 bytes.</summary>
    Signed,

    /// <summary>An integer without a sign, of 1, 2, 4 or 8 bytes.</summary>
    Unsigned,

    /// <summary>IEEE 754 binary floating point of 2, 4 or 8 bytes.</summary>
    Float,

    /// <summary>The upper half of a 32-bit float, 2 bytes.</summary>
    BrainFloat,

    /// <summary>One byte, 0 or 1: an enumeration of FALSE and TRUE, as h5py writes it.</summary>
    Boolean,

    /// <summary>Bytes without a meaning that the format knows.</summary>
    Opaque,

    /// <summary>A string in a fixed number of bytes.</summary>
    FixedString,

    /// <summary>A string of any length, which lies in the file's global heap.</summary>
    VariableString,
}
