namespace GpuKeras.Kernels.Linear;

/// <summary>Four numbers that a body moves together.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="x">The first number.</param>
/// <param name="y">The second number.</param>
/// <param name="z">The third number.</param>
/// <param name="w">The fourth number.</param>
internal readonly struct Quad<T>(T x, T y, T z, T w)
    where T : unmanaged
{
    /// <summary>How many numbers a quad holds.</summary>
    public const int Count = 4;

    /// <summary>
    /// By how many numbers rows in shared memory are longer than what they hold, so that numbers below each other fall into different
    /// banks. None for double: the largest bodies then take just the 32 KiB that every device of OpenCL 1.2 has, and each number takes
    /// two banks anyway.
    /// </summary>
    public static int Padding => typeof(T) == typeof(double) ? 0 : Count;

    /// <summary>The first number.</summary>
    public readonly T X = x;

    /// <summary>The second number.</summary>
    public readonly T Y = y;

    /// <summary>The third number.</summary>
    public readonly T Z = z;

    /// <summary>The fourth number.</summary>
    public readonly T W = w;

    /// <summary>The sums of the numbers in the same places.</summary>
    public Quad<T> Plus(in Quad<T> other) => new(
        DeviceScalar.Add(X, other.X), DeviceScalar.Add(Y, other.Y), DeviceScalar.Add(Z, other.Z), DeviceScalar.Add(W, other.W));
}
