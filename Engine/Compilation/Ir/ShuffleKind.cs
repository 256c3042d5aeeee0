namespace GpuKeras.Compilation;

/// <summary>Which item of the warp of 32 a value is taken from.</summary>
internal enum ShuffleKind
{
    /// <summary>The lane B % 32.</summary>
    Index,

    /// <summary>The lane B further on; the own value at the warp's end.</summary>
    Down,

    /// <summary>The lane B before; the own value at the warp's start.</summary>
    Up,

    /// <summary>The own lane with the bits of B flipped.</summary>
    Xor,
}
