using GpuKeras.Kernels.Random;

namespace GpuKeras;

/// <summary>x / (1 − rate) where the element's random number is at least <paramref name="rate"/>, else 0.</summary>
/// <param name="key">Which random numbers.</param>
/// <param name="rate">The probability of 0.</param>
internal sealed class DropoutOp(PhiloxKey key, double rate) : FloatingPointOp
{
    /// <inheritdoc/>
    public override string Name => "dropout";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => inputs[0];

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output) =>
        output.Device.Run(new DropoutKernel<T>(key, inputs[0].View<T>(), output.View<T>(), rate));

    /// <inheritdoc/>
    /// <remarks>The operation is linear: its gradient is the same mask, computed again.</remarks>
    protected internal override void Backward(BackwardContext context) => context[0] = Apply(context.Gradient);
}

public partial class Tensor
{
    /// <summary>Sets a random share of the elements to 0 and scales the others by 1 / (1 − rate), so that the mean stays.</summary>
    /// <param name="rate">The probability of 0, in [0, 1]; 1 gives zeros.</param>
    /// <param name="random">Where the random numbers come from; one draw is used.</param>
    /// <param name="noiseShape">
    /// The shape of the mask, which broadcasts to this tensor's: a size of 1 drops whole slices together, −1 stands for
    /// this tensor's size. By default this tensor's shape.
    /// </param>
    /// <remarks>
    /// The mask depends on the generator's seed, the number of the draw and the element's position alone (Srivastava et al. 2014).
    /// </remarks>
    public Tensor Dropout(double rate, RandomGenerator random, Shape? noiseShape = null)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (!(rate is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "dropout: the rate must lie in 0 to 1");
        // A trace has no values to drop: it must not use up a draw.
        var operation = new DropoutOp(IsSymbolic ? default : random.NextKey(), rate);
        if (IsSymbolic || noiseShape is not { } shape)
            return operation.Apply(this);
        for (var axis = 0; axis < Math.Min(shape.Rank, Rank); axis++)
            shape = shape[axis] == Shape.Unknown ? shape.With(axis, Shape[axis]) : shape;
        return shape == Shape ? operation.Apply(this) : this * operation.Apply(Full(shape, 1, DType));
    }
}
