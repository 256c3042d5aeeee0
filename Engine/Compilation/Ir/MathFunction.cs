namespace GpuKeras.Compilation;

/// <summary>
/// A function of numbers with .NET's meaning. The exact ones are instructions on every device; of the others only those remain that
/// the kernels' own library does not replace.
/// </summary>
internal enum MathFunction
{
    /// <summary>Of integers too; the smallest number stays.</summary>
    Abs,

    /// <summary>NaN if either is; −0 is less than 0. Of integers too, signed or <see cref="Instruction.Unsigned"/>.</summary>
    Min,

    /// <summary>NaN if either is; −0 is less than 0. Of integers too, signed or <see cref="Instruction.Unsigned"/>.</summary>
    Max,

    Sqrt,
    Floor,
    Ceiling,

    /// <summary>Halves to the even integer.</summary>
    Round,

    /// <summary>Towards zero.</summary>
    Truncate,

    /// <summary>A · B + C, rounded once; of panels too.</summary>
    FusedMultiplyAdd,

    CopySign,

    /// <summary>The high half of the product of two integers, signed or <see cref="Instruction.Unsigned"/>.</summary>
    MultiplyHigh,

    /// <summary>Of Int32 or Int64; the result is Int32, as for the next two.</summary>
    PopCount,

    LeadingZeroCount,
    TrailingZeroCount,

    /// <summary>A Float32 rounded to TF32, as Int32: halves away from zero. CUDA only, as is the next.</summary>
    RoundTf32,

    /// <summary>Two Float32 rounded to bfloat16, as Int32: A in the low half, B in the high one.</summary>
    PackBFloat16,

    // Not exact: a device's library.
    Exp,
    Exp2,
    Log,
    Log2,
    Log10,
    Pow,
    Sin,
    Cos,
    Tan,
    Asin,
    Acos,
    Atan,
    Atan2,
    Sinh,
    Cosh,
    Tanh,
    Cbrt,

    // Of panels only.
    FloorModulo,

    /// <summary>The power of two whose exponent bits are the lowest bits of A.</summary>
    FromExponentBits,

    /// <summary>2²³ plus the exponent bits of A.</summary>
    ToExponentBits,

    /// <summary>A number from 1 to 2 with the mantissa bits of A.</summary>
    FromMantissaBits,
}
