namespace GpuKeras.Compilation;

/// <summary>What a register or a memory cell holds. Signedness is a matter of operations, except in memory cells below 32 bits.</summary>
internal enum IrKind
{
    /// <summary>Memory only: an Int32 register holds it sign-extended.</summary>
    Int8,

    /// <summary>Memory only, bool too: an Int32 register holds it zero-extended.</summary>
    UInt8,

    /// <summary>Memory only: an Int32 register holds it sign-extended.</summary>
    Int16,

    /// <summary>Memory only: an Int32 register holds it zero-extended.</summary>
    UInt16,

    /// <summary>32 bits, signed or not.</summary>
    Int32,

    /// <summary>64 bits, signed or not.</summary>
    Int64,

    /// <summary>Memory only: a Float32 register holds it; a store rounds to the nearest even.</summary>
    Float16,

    /// <summary>Memory only: a Float32 register holds it; a store rounds to the nearest even.</summary>
    BFloat16,

    /// <summary>IEEE 754 single precision.</summary>
    Float32,

    /// <summary>IEEE 754 double precision.</summary>
    Float64,

    /// <summary>Sixteen Float32 (<see cref="GpuKeras.Kernels.FloatPanel"/>); in memory aligned to 4 bytes only. Not on CUDA.</summary>
    Panel,

    /// <summary>An address, counted in bytes.</summary>
    Pointer,
}
