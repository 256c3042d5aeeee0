namespace GpuKeras.Kernels.Reduction;

/// <summary>Four registers side by side: enough independent chains to hide an addition's latency.</summary>
/// <typeparam name="TLane">The register.</typeparam>
internal readonly struct LaneQuad<TLane>(TLane a, TLane b, TLane c, TLane d)
    where TLane : struct, ILane<TLane>
{
    public readonly TLane A = a;
    public readonly TLane B = b;
    public readonly TLane C = c;
    public readonly TLane D = d;

    public static LaneQuad<TLane> Combine<TReduction>(in LaneQuad<TLane> left, in LaneQuad<TLane> right)
        where TReduction : struct, IReduction =>
        new(
            TReduction.Combine(left.A, right.A),
            TReduction.Combine(left.B, right.B),
            TReduction.Combine(left.C, right.C),
            TReduction.Combine(left.D, right.D));
}
