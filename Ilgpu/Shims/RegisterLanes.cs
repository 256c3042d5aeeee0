namespace GpuKeras.Kernels.Reduction;

/// <summary>On ILGPU's devices every lane holds one element.</summary>
/// <typeparam name="TLane">The lane.</typeparam>
/// <typeparam name="TScalar">The same lane.</typeparam>
internal static class RegisterLanes<TLane, TScalar>
    where TLane : struct, ILane<TLane>
    where TScalar : struct, ILane<TScalar>
{
    /// <summary>The element itself.</summary>
    public static TScalar Across<TReduction>(TLane value)
        where TReduction : struct, IReduction => Unsafe.BitCast<TLane, TScalar>(value);
}
