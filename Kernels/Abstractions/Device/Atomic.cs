using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels;

/// <summary>Indivisible updates of global or shared memory, as in ILGPU. Each returns the value from before.</summary>
public static class Atomic
{
    /// <summary>target += value.</summary>
    [DeviceIntrinsic]
    public static int Add(ref int target, int value) => Interlocked.Add(ref target, value) - value;

    /// <summary>target += value.</summary>
    [DeviceIntrinsic]
    public static long Add(ref long target, long value) => Interlocked.Add(ref target, value) - value;

    /// <summary>target += value. The order of several additions, and so the rounding of their sum, is not fixed.</summary>
    [DeviceIntrinsic]
    public static float Add(ref float target, float value)
    {
        for (; ; )
        {
            var before = Volatile.Read(ref target);
            var bits = BitConverter.SingleToInt32Bits(before);
            var sum = BitConverter.SingleToInt32Bits(before + value);
            if (Interlocked.CompareExchange(ref Unsafe.As<float, int>(ref target), sum, bits) == bits)
                return before;
        }
    }

    /// <summary>target += value. The order of several additions, and so the rounding of their sum, is not fixed.</summary>
    [DeviceIntrinsic]
    public static double Add(ref double target, double value)
    {
        for (; ; )
        {
            var before = Volatile.Read(ref target);
            var bits = BitConverter.DoubleToInt64Bits(before);
            var sum = BitConverter.DoubleToInt64Bits(before + value);
            if (Interlocked.CompareExchange(ref Unsafe.As<double, long>(ref target), sum, bits) == bits)
                return before;
        }
    }

    /// <summary>target = min(target, value).</summary>
    [DeviceIntrinsic]
    public static int Min(ref int target, int value)
    {
        var before = Volatile.Read(ref target);
        while (value < before)
        {
            var seen = Interlocked.CompareExchange(ref target, value, before);
            if (seen == before)
                return before;
            before = seen;
        }
        return before;
    }

    /// <summary>target = max(target, value).</summary>
    [DeviceIntrinsic]
    public static int Max(ref int target, int value)
    {
        var before = Volatile.Read(ref target);
        while (value > before)
        {
            var seen = Interlocked.CompareExchange(ref target, value, before);
            if (seen == before)
                return before;
            before = seen;
        }
        return before;
    }

    /// <summary>target = value.</summary>
    [DeviceIntrinsic]
    public static int Exchange(ref int target, int value) => Interlocked.Exchange(ref target, value);

    /// <summary>target = value where it equals <paramref name="comparand"/>.</summary>
    [DeviceIntrinsic]
    public static int CompareExchange(ref int target, int comparand, int value) =>
        Interlocked.CompareExchange(ref target, value, comparand);
}
