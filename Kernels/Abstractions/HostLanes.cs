using System.Runtime.Intrinsics;

namespace GpuKeras.Kernels;

/// <summary>Chooses the register type of a host body by element type and processor.</summary>
internal static class HostLanes
{
    /// <summary>Runs <paramref name="body"/> over a range with the widest register for elements of <typeparamref name="T"/>.</summary>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Run<TBody, T>(in TBody body, long start, long end)
        where TBody : struct, ILaneRangeBody
    {
        if (typeof(T) == typeof(double))
            body.Run<DoubleLane, DoubleLane, double>(start, end);
        else if (typeof(T) != typeof(float))
            throw new NotSupportedException($"This kernel computes in float or double; got {typeof(T).Name}.");
        else if (Vector512.IsHardwareAccelerated)
            body.Run<FloatVector512, FloatLane, float>(start, end);
        else if (Vector256.IsHardwareAccelerated)
            body.Run<FloatVector256, FloatLane, float>(start, end);
        else
            body.Run<FloatVector128, FloatLane, float>(start, end);
    }
}
