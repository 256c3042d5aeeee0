namespace GpuKeras.Kernels.Elementwise;

/// <summary>Runs computations over broadcast operands on a device: one item for each element of the result.</summary>
internal static class DeviceBroadcast
{
    /// <summary>Queues <paramref name="step"/> for the elements 0 … <paramref name="length"/> − 1 of the result.</summary>
    /// <typeparam name="T">The element type: <c>float</c>, <c>double</c>, <c>int</c>, <c>long</c> or <c>byte</c>.</typeparam>
    /// <typeparam name="TStep">The computation.</typeparam>
    public static void LaunchBroadcast<T, TStep>(this ILauncher launcher, in Broadcast plan, long length, in TStep step)
        where T : unmanaged
        where TStep : struct, IBroadcastStep
    {
        // A form of its own: a processor's compiler vectorises over elements only if it sees that they are neighbours.
        if (plan.IsDense(0) && plan.IsDense(1) && (TStep.Operands == 2 || plan.IsDense(2)))
            Launch<T, DensePositions, TStep>(launcher, length, default, step);
        else if (plan.Rank == 1)
            Launch<T, FlatPositions, TStep>(launcher, length, new(plan), step);
        else if (plan.Rank == 2)
            Launch<T, MatrixPositions, TStep>(launcher, length, new(plan), step);
        else
            Launch<T, AnyPositions, TStep>(launcher, length, new(plan), step);
    }

    private static void Launch<T, TPositions, TStep>(ILauncher launcher, long length, in TPositions positions, in TStep step)
        where T : unmanaged
        where TPositions : struct, IPositions
        where TStep : struct, IBroadcastStep =>
        launcher.LaunchElements<T, Located<TPositions, TStep>>(length, new(positions, step));

    private readonly struct Located<TPositions, TStep>(in TPositions positions, in TStep step) : IElementStep
        where TPositions : struct, IPositions
        where TStep : struct, IBroadcastStep
    {
        private readonly TPositions positions = positions;
        private readonly TStep step = step;

        public bool IsWide(int width) => positions.IsWide(width) && step.IsWide(width);

        public void Step<TLane, TElement>(long index)
            where TLane : struct, ILane<TLane, TElement>
            where TElement : unmanaged => step.Step<TLane, TElement>(index, positions.At((uint)index));
    }
}
