using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Elementwise;

namespace GpuKeras.Kernels.Normalization;

/// <summary>The gradient that reaches a normalisation through the activation behind it.</summary>
internal static class FusedGradient
{
    /// <summary>dy · f′(centered · scale + offset), the argument computed as in the forward pass.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Of<TActivation, TLane>(TActivation activation, TLane centered, TLane scale, TLane offset, TLane dy)
        where TActivation : struct, IDifferentiableFunction
        where TLane : struct, ILane<TLane>
    {
        if (typeof(TActivation) == typeof(Identity))
            return dy;
        var argument = TLane.MultiplyAdd(centered, scale, offset);
        return dy * activation.Derivative(argument, activation.Value(argument));
    }
}
