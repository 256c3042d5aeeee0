using GpuKeras.Kernels.Random;

namespace GpuKeras;

/// <summary>A seeded source of random tensors: the same seed and the same calls give the same numbers on every device.</summary>
/// <remarks>
/// Philox 4×32-10 (Salmon et al. 2011). Each draw is a stream of its own, numbered by <see cref="Position"/>; an element depends on the
/// seed, the draw's number and its position alone, not on the number of threads. May be used from several threads; their draws
/// are then numbered in the order they happen.
/// </remarks>
/// <param name="seed">Which sequence of numbers.</param>
public sealed class RandomGenerator(long seed)
{
    private long position;

    /// <summary>The seed.</summary>
    public long Seed { get; } = seed;

    /// <summary>The number of the next draw. Setting it goes back, or on, to that draw.</summary>
    public long Position
    {
        get => Interlocked.Read(ref position);
        set => Interlocked.Exchange(ref position, value);
    }

    /// <summary>Numbers spread evenly over [low, high).</summary>
    /// <param name="shape">The result's shape.</param>
    /// <param name="low">The smallest number.</param>
    /// <param name="high">The bound that is not reached.</param>
    /// <param name="dtype">The result's dtype; the numbers are those of float32.</param>
    public Tensor Uniform(Shape shape, double low = 0, double high = 1, DType dtype = DType.Float32)
    {
        var result = Tensor.Empty(shape, DType.Float32, Device.Current);
        result.Device.Run(new UniformKernel(NextKey(), result.View<float>(), (float)low, (float)high));
        return Convert(result, dtype);
    }

    /// <summary>Normally distributed numbers.</summary>
    /// <param name="shape">The result's shape.</param>
    /// <param name="mean">Their mean.</param>
    /// <param name="standardDeviation">Their standard deviation.</param>
    /// <param name="dtype">The result's dtype; the numbers are those of float32.</param>
    public Tensor Normal(Shape shape, double mean = 0, double standardDeviation = 1, DType dtype = DType.Float32)
    {
        var result = Tensor.Empty(shape, DType.Float32, Device.Current);
        result.Device.Run(new NormalKernel(NextKey(), result.View<float>(), (float)mean, (float)standardDeviation));
        return Convert(result, dtype);
    }

    /// <summary>Normally distributed numbers, redrawn until they lie within two standard deviations of the mean, as in Keras.</summary>
    /// <param name="shape">The result's shape.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="standardDeviation">The standard deviation before truncation; after it, 0.88 times as much.</param>
    /// <param name="dtype">The result's dtype; the numbers are those of float32.</param>
    public Tensor TruncatedNormal(Shape shape, double mean = 0, double standardDeviation = 1, DType dtype = DType.Float32)
    {
        var result = Tensor.Empty(shape, DType.Float32, Device.Current);
        result.Device.Run(new TruncatedNormalKernel(NextKey(), result.View<float>(), (float)mean, (float)standardDeviation));
        return Convert(result, dtype);
    }

    /// <summary>Whole numbers, each of low … high − 1 as likely.</summary>
    /// <param name="shape">The result's shape.</param>
    /// <param name="low">The smallest number.</param>
    /// <param name="high">The bound that is not reached.</param>
    /// <param name="dtype">The result's dtype.</param>
    /// <exception cref="ArgumentException"><paramref name="high"/> is not above <paramref name="low"/>.</exception>
    public Tensor Integers(Shape shape, long low, long high, DType dtype = DType.Int32)
    {
        if (high <= low)
            throw new ArgumentException($"random integers: high must be above low; got low {low}, high {high}", nameof(high));
        var wide = dtype == DType.Int64 || low < int.MinValue || high - 1 > int.MaxValue;
        var result = Tensor.Empty(shape, wide ? DType.Int64 : DType.Int32, Device.Current);
        if (wide)
            result.Device.Run(new IntegersKernel<long>(NextKey(), result.View<long>(), low, high));
        else
            result.Device.Run(new IntegersKernel<int>(NextKey(), result.View<int>(), low, high));
        return Convert(result, dtype);
    }

    /// <summary>The numbers 0 … n − 1 in random order, int32 <c>[n]</c>.</summary>
    /// <param name="n">How many.</param>
    public Tensor Permutation(int n)
    {
        var result = Tensor.Empty([n], DType.Int32, Device.Current);
        result.Device.Run(new PermutationKernel(NextKey(), result.View<int>()));
        return result;
    }

    /// <summary>The key of the next draw.</summary>
    internal PhiloxKey NextKey() => new((ulong)Seed, (ulong)Interlocked.Increment(ref position) - 1);

    private static Tensor Convert(Tensor result, DType dtype) => result.DType == dtype ? result : result.Cast(dtype);
}
