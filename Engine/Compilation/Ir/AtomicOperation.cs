namespace GpuKeras.Compilation;

/// <summary>An indivisible update of global or shared memory.</summary>
internal enum AtomicOperation
{
    /// <summary>Of Int32, Int64, Float32 or Float64.</summary>
    Add,

    /// <summary>Of signed Int32.</summary>
    Min,

    /// <summary>Of signed Int32.</summary>
    Max,

    /// <summary>Of Int32.</summary>
    Exchange,

    /// <summary>Of Int32.</summary>
    CompareExchange,
}
