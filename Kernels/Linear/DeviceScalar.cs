using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Linear;

/// <summary>Arithmetic of single numbers in device bodies that are generic over the element type.</summary>
internal static class DeviceScalar
{
    /// <summary>a · b + c, rounded once.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    public static T MultiplyAdd<T>(T a, T b, T c)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            return Unsafe.BitCast<float, T>(MathF.FusedMultiplyAdd(
                Unsafe.BitCast<T, float>(a), Unsafe.BitCast<T, float>(b), Unsafe.BitCast<T, float>(c)));
        }
        return Unsafe.BitCast<double, T>(Math.FusedMultiplyAdd(
            Unsafe.BitCast<T, double>(a), Unsafe.BitCast<T, double>(b), Unsafe.BitCast<T, double>(c)));
    }

    /// <summary>a + b.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    public static T Add<T>(T a, T b)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            return Unsafe.BitCast<float, T>(Unsafe.BitCast<T, float>(a) + Unsafe.BitCast<T, float>(b));
        return Unsafe.BitCast<double, T>(Unsafe.BitCast<T, double>(a) + Unsafe.BitCast<T, double>(b));
    }

    /// <summary>Whether a number is 0.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    public static bool IsZero<T>(T a)
        where T : unmanaged => typeof(T) == typeof(float) ? Unsafe.BitCast<T, float>(a) == 0 : Unsafe.BitCast<T, double>(a) == 0;
}
