namespace GpuKeras.Saving;

/// <summary>What the bytes of an element in a file mean.</summary>
internal enum ElementKind : byte
{
    /// <summary>IEEE 754 binary floating point.</summary>
    Float,

    /// <summary>The upper half of a 32-bit float.</summary>
    BrainFloat,

    /// <summary>A two's complement integer.</summary>
    Signed,

    /// <summary>An integer without a sign.</summary>
    Unsigned,

    /// <summary>One byte; anything but 0 is true.</summary>
    Bool,
}
