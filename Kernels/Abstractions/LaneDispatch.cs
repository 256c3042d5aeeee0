using System.Runtime.Intrinsics;

namespace GpuKeras.Kernels;

/// <summary>Chooses the lane type of an element type: the widest register that the host executes.</summary>
public static class LaneDispatch
{
    /// <summary>Runs <paramref name="body"/> over a range with the lanes of <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The element type: <see langword="float"/>, <see langword="double"/>, <see langword="int"/> or <see langword="long"/>.</typeparam>
    /// <typeparam name="TBody">The loop's body.</typeparam>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> has no lanes.</exception>
    public static void Run<T, TBody>(in TBody body, long start, long end)
        where T : unmanaged
        where TBody : struct, ILaneScalarBody
    {
        if (typeof(T) == typeof(float))
        {
            if (Vector512.IsHardwareAccelerated)
                body.Run<FloatVector512, FloatLane, float>(start, end);
            else if (Vector256.IsHardwareAccelerated)
                body.Run<FloatVector256, FloatLane, float>(start, end);
            else
                body.Run<FloatVector128, FloatLane, float>(start, end);
        }
        else if (typeof(T) == typeof(double))
        {
            body.Run<DoubleLane, DoubleLane, double>(start, end);
        }
        else if (typeof(T) == typeof(int))
        {
            body.Run<Int32Lane, Int32Lane, int>(start, end);
        }
        else if (typeof(T) == typeof(long))
        {
            body.Run<Int64Lane, Int64Lane, long>(start, end);
        }
        else
        {
            throw new NotSupportedException($"arithmetic kernels work on float, double, int and long; got {typeof(T).Name}");
        }
    }
}
