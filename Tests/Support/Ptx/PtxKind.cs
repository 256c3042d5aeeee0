namespace GpuKeras.Tests.Support.Ptx;

/// <summary>What the bits of a PTX type mean.</summary>
public enum PtxKind
{
    Predicate,
    Bits,
    Unsigned,
    Signed,
    Float,

    /// <summary>A float32 with 10 bits of fraction, in a register of 32 bits.</summary>
    TensorFloat,

    /// <summary>Two bfloat16 in a register of 32 bits.</summary>
    BFloatPair,
}
