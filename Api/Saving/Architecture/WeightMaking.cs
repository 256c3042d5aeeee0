using System.Globalization;
using GpuKeras.Initializers;
using GpuKeras.Layers;

namespace GpuKeras.Saving;

/// <summary>How the weights of layers are made while a model is loaded: within a limit, and without first values where a file has them.</summary>
/// <remarks>A limit belongs to the thread that made it, until it is disposed.</remarks>
internal sealed class WeightMaking : IDisposable
{
    // Beside the weights, for a batch of 1,024 at 16,384 units in four states.
    private const double ConstantBytes = 1L << 28;

    [ThreadStatic]
    private static WeightMaking? current;

    private readonly WeightMaking? outer = current;
    private readonly bool initialize;
    private readonly double limitBytes;
    private double usedBytes;
    private int layers;
    private double usedConstantBytes;

    private WeightMaking(double limitBytes, bool initialize)
    {
        (this.limitBytes, this.initialize) = (limitBytes, initialize);
        current = this;
    }

    /// <summary>Refuses weights beyond a size, before their memory is taken.</summary>
    /// <param name="limitBytes">The most bytes that all weights together may take.</param>
    /// <param name="initialize">Whether the weights get their first values; otherwise they are zeros, to be replaced.</param>
    public static WeightMaking Limit(double limitBytes, bool initialize) => new(limitBytes, initialize);

    /// <summary>Counts a layer that is made; those that a class of the program's makes in its constructor are not in the configuration.</summary>
    /// <exception cref="ModelConfigException">There is a limit, and there are more layers than any model has.</exception>
    public static void CountLayer(Layer layer)
    {
        if (current is { } making && ++making.layers > ConfigReader.Limits.MaxLayersWithin)
            throw new ModelConfigException(
                layer.GetType().Name, $"there are more than {ConfigReader.Limits.MaxLayersWithin:N0} layers, with those that classes of the program make");
    }

    /// <summary>A weight's first values.</summary>
    /// <exception cref="ModelConfigException">There is a limit, and the weight is beyond it.</exception>
    public static Tensor Create(Layer layer, string name, in Shape shape, DType dtype, Initializer initializer)
    {
        if (current is not { } making)
            return initializer.Create(shape, dtype);
        Account(ref making.usedBytes, making.limitBytes, layer, $"weight '{name}'", shape, dtype);
        return making.initialize ? initializer.Create(shape, dtype) : Tensor.Zeros(shape, dtype);
    }

    /// <summary>Values that a layer keeps and no file has, such as the states of a stateful layer.</summary>
    /// <inheritdoc cref="Create"/>
    public static Tensor CreateConstant(Layer layer, in Shape shape, DType dtype, double value)
    {
        if (current is { } making)
            Account(ref making.usedConstantBytes, making.limitBytes + ConstantBytes, layer, "what it keeps", shape, dtype);
        return new Constant(value).Create(shape, dtype);
    }

    public void Dispose() => current = outer;

    private static void Account(ref double usedBytes, double limitBytes, Layer layer, string what, in Shape shape, DType dtype)
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
                    $"{what} {shape} needs {bytes:N0} bytes, {usedBytes:N0} with those before it; there can be {limitBytes:N0}"));
    }
}
