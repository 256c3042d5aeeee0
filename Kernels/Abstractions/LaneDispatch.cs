using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GpuKeras.Kernels;

/// <summary>Chooses the lane type of an element type: the widest register that the host executes.</summary>
public static class LaneDispatch
{
    /// <summary>Runs <paramref name="body"/> over a range with the lanes of <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The element type: <c>float</c>, <c>double</c>, <c>int</c>, <c>long</c> or <c>byte</c>.</typeparam>
    /// <typeparam name="TBody">The loop's body.</typeparam>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> has no lanes.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<T, TBody>(in TBody body, long start, long end)
        where T : unmanaged
        where TBody : struct, ILaneBody
    {
        // Each test is a constant for the compiler of the instantiated method: one branch remains.
        if (typeof(T) == typeof(float) && Vector512.IsHardwareAccelerated)
            body.Run<FloatVector512, FloatLane, float>(start, end);
        else if (typeof(T) == typeof(float) && Vector256.IsHardwareAccelerated)
            body.Run<FloatVector256, FloatLane, float>(start, end);
        else if (typeof(T) == typeof(float) && Vector128.IsHardwareAccelerated)
            body.Run<FloatVector128, FloatLane, float>(start, end);
        else if (typeof(T) == typeof(float))
            body.Run<FloatLane, FloatLane, float>(start, end);
        else if (typeof(T) == typeof(double))
            body.Run<DoubleLane, DoubleLane, double>(start, end);
        else if (typeof(T) == typeof(int))
            body.Run<Int32Lane, Int32Lane, int>(start, end);
        else if (typeof(T) == typeof(long))
            body.Run<Int64Lane, Int64Lane, long>(start, end);
        else if (typeof(T) == typeof(byte))
            body.Run<ByteLane, ByteLane, byte>(start, end);
        else
            throw new NotSupportedException($"kernels: no lane for elements of type {typeof(T).Name}.");
    }
}
