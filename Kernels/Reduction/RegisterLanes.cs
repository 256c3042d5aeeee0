using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GpuKeras.Kernels.Reduction;

/// <summary>The lanes of one register.</summary>
/// <typeparam name="TLane">The register.</typeparam>
/// <typeparam name="TScalar">One of its lanes.</typeparam>
internal static class RegisterLanes<TLane, TScalar>
    where TLane : struct, ILane<TLane>
    where TScalar : struct, ILane<TScalar>
{
    /// <summary>The combination of a register's lanes, pairwise: the upper half with the lower one until one lane is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TScalar Across<TReduction>(TLane value)
        where TReduction : struct, IReduction
    {
        if (typeof(TLane) == typeof(FloatVector512))
        {
            var register = Unsafe.BitCast<TLane, FloatVector512>(value).Value;
            return AcrossHalves<TReduction>(
                TReduction.Combine<FloatVector256>(new(register.GetLower()), new FloatVector256(register.GetUpper())).Value);
        }
        if (typeof(TLane) == typeof(FloatVector256))
            return AcrossHalves<TReduction>(Unsafe.BitCast<TLane, FloatVector256>(value).Value);
        if (typeof(TLane) == typeof(FloatVector128))
            return AcrossQuarters<TReduction>(Unsafe.BitCast<TLane, FloatVector128>(value));
        if (typeof(TLane) == typeof(FloatPanel))
            return Unsafe.BitCast<FloatLane, TScalar>(PanelAcross.Of<TReduction>(Unsafe.BitCast<TLane, FloatPanel>(value)));
        // Other lanes hold one element.
        return Unsafe.BitCast<TLane, TScalar>(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TScalar AcrossHalves<TReduction>(Vector256<float> register)
        where TReduction : struct, IReduction =>
        AcrossQuarters<TReduction>(TReduction.Combine<FloatVector128>(new(register.GetLower()), new FloatVector128(register.GetUpper())));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TScalar AcrossQuarters<TReduction>(FloatVector128 register)
        where TReduction : struct, IReduction
    {
        register = TReduction.Combine(register, new(Vector128.Shuffle(register.Value, Vector128.Create(2, 3, 0, 1))));
        register = TReduction.Combine(register, new(Vector128.Shuffle(register.Value, Vector128.Create(1, 0, 3, 2))));
        return Unsafe.BitCast<FloatLane, TScalar>(new(register.Value.ToScalar()));
    }
}
