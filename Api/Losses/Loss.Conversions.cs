namespace GpuKeras.Losses;

public abstract partial class Loss
{
    /// <summary>The loss with Keras' identifier, such as <c>mse</c>, <c>mean_squared_error</c> or <c>MeanSquaredError</c>.</summary>
    /// <exception cref="ArgumentException">There is no such loss; the message suggests the nearest.</exception>
    public static implicit operator Loss(string identifier) => LossIdentifiers.Resolve(identifier);

    /// <summary>A loss from a function of targets and predictions that gives the loss of each sample.</summary>
    public static implicit operator Loss(Func<Tensor, Tensor, Tensor> function) => FromFunction(function);

    /// <summary>A loss from a function.</summary>
    /// <param name="function">From targets and predictions of one dtype, the loss of each sample <c>[batch, …]</c>.</param>
    /// <param name="name">The name in logs.</param>
    /// <param name="reduction">How per-sample values become one number.</param>
    public static Loss FromFunction(
        Func<Tensor, Tensor, Tensor> function, string name = "loss", LossReduction reduction = LossReduction.SumOverBatchSize)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new FunctionLoss(function, reduction, name);
    }
}
