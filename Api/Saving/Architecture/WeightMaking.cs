using System.Globalization;
using GpuKeras.Initializers;
using GpuKeras.Layers;

namespace GpuKeras.Saving;

/// <summary>How the weights of layers are made while a model is loaded: within a limit, and without first values where a file has them.</summary>
/// <remarks>A limit belongs to the thread that made it, until it is disposed.</remarks>
internal sealed class WeightMaking : IDisposable
{
    [ThreadStatic]
    private static WeightMaking? current;

    private readonly WeightMaking? outer = current;
    private readonly bool initialize;
    private readonly double limitBytes;
    private double usedBytes;

    private WeightMaking(double limitBytes, bool initialize)
    {
        (this.limitBytes, this.initialize) = (limitBytes, initialize);
        current = this;
    }

    /// <summary>Refuses weights beyond a size, before their memory is taken.</summary>
    /// <param name="limitBytes">The most bytes that all weights together may take.</param>
    /// <param name="initialize">Whether the weights get their first values; otherwise they are zeros, to be replaced.</param>
    public static WeightMaking Limit(double limitBytes, bool initialize) => new(limitBytes, initialize);

    /// <summary>A weight's first values.</summary>
    /// <exception cref="ModelConfigException">There is a limit, and the weight is beyond it.</exception>
    public static Tensor Create(Layer layer, string name, in Shape shape, DType dtype, Initializer initializer)
    {
        if (current is not { } making)
            return initializer.Create(shape, dtype);
        making.Account(layer, name, shape, dtype);
        return making.initialize ? initializer.Create(shape, dtype) : Tensor.Zeros(shape, dtype);
    }

    public void Dispose() => current = outer;

    private void Account(Layer layer, string name, in Shape shape, DType dtype)
    {
        // In floating point, where no product of sizes overflows.
        double bytes = dtype.SizeBytes();
        foreach (var size in shape)
            bytes *= size;
        usedBytes += bytes;
        if (usedBytes > limitBytes)
            throw new ModelConfigException(
                $"layer '{layer.Name}' ({layer.GetType().Name})",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"weight '{name}' {shape} needs {bytes:N0} bytes, {usedBytes:N0} with those before it; there can be {limitBytes:N0}"));
    }
}
