using System.Globalization;

namespace GpuKeras.Callbacks;

/// <summary>Ends training when the loss is not a finite number.</summary>
/// <remarks>It has to read the loss after every batch, which waits for the device each time.</remarks>
/// <param name="raiseError">Whether to throw at once instead of ending training in order.</param>
public sealed class TerminateOnNaN(bool raiseError = false) : Callback
{
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The loss is not finite, and errors were asked for.</exception>
    public override void OnTrainBatchEnd(int batch, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        if (!logs.TryGetValue("loss", out var loss) || double.IsFinite(loss))
            return;
        if (raiseError)
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"NaN or Inf loss encountered at batch {batch}. Loss value: {loss}. Terminating training immediately."));
        Console.Out.WriteLine($"Batch {batch}: Invalid loss, terminating training");
        Model.StopTraining = true;
    }
}
