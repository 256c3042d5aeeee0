namespace GpuKeras.Compilation;

/// <summary>A piece of OpenCL C that some instructions need.</summary>
internal enum OpenClHelper
{
    Int64Atomics,
    Minimum,
    Maximum,
    MinimumDouble,
    MaximumDouble,
    MinimumPanel,
    MaximumPanel,
    FloorModulo,
    IntOfFloat,
    UIntOfFloat,
    LongOfFloat,
    ULongOfFloat,
    IntOfDouble,
    UIntOfDouble,
    LongOfDouble,
    ULongOfDouble,
    RoundHalf,
    RoundBFloat,
    AtomicAddFloatGlobal,
    AtomicAddFloatLocal,
    AtomicAddDoubleGlobal,
    AtomicAddDoubleLocal,
}
