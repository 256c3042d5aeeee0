namespace GpuKeras.Callbacks;

/// <summary>Shows how far training, evaluation or prediction is, with the loss and the metrics so far.</summary>
/// <remarks>
/// On a terminal the line is redrawn at most every 50 ms; when output is redirected only the last state of an epoch is
/// written, without control characters. Values are read from the device only when the line is drawn.
/// </remarks>
public sealed class ProgressBar : Callback
{
    private readonly int verbose;
    private readonly TextWriter? writer;
    private readonly bool isTerminal;
    private readonly TimeProvider clock;
    private ProgressLine? line;
    private int? target;
    private int done;
    private bool inFit;

    /// <summary>A progress display on the console.</summary>
    /// <param name="verbose">0 silent, 1 a bar that is redrawn, 2 a line per epoch.</param>
    public ProgressBar(int verbose = 1)
        : this(verbose, null, !Console.IsOutputRedirected, TimeProvider.System)
    {
    }

    internal ProgressBar(int verbose, TextWriter? writer, bool isTerminal, TimeProvider clock)
    {
        if (verbose is < 0 or > 2)
            throw new ArgumentOutOfRangeException(nameof(verbose), $"verbose: must be 0, 1 or 2; got {verbose}");
        (this.verbose, this.writer, this.isTerminal, this.clock) = (verbose, writer, isTerminal, clock);
    }

    // Asked for at each use, so that Console.SetOut takes effect.
    private TextWriter Output => writer ?? Console.Out;

    /// <inheritdoc/>
    public override void OnTrainBegin() => inFit = true;

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch)
    {
        Start();
        if (verbose != 0 && Parameters.Epochs > 1)
            Output.WriteLine($"Epoch {epoch + 1}/{Parameters.Epochs}");
    }

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(int batch, Logs logs) => Update(batch, logs);

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs) => Finish(logs);

    /// <inheritdoc/>
    public override void OnTrainEnd(Logs logs)
    {
        // A cancelled epoch leaves its line open; what is printed next starts on a line of its own.
        if (line is not null && verbose == 1 && isTerminal && done > 0)
            Output.WriteLine();
        line = null;
    }

    /// <inheritdoc/>
    public override void OnTestBegin()
    {
        if (!inFit)
            Start();
    }

    /// <inheritdoc/>
    public override void OnTestBatchEnd(int batch, Logs logs)
    {
        if (!inFit)
            Update(batch, logs);
    }

    /// <inheritdoc/>
    public override void OnTestEnd(Logs logs)
    {
        if (!inFit)
            Finish(logs);
    }

    /// <inheritdoc/>
    public override void OnPredictBegin() => Start();

    /// <inheritdoc/>
    public override void OnPredictBatchEnd(int batch) => Update(batch, null);

    /// <inheritdoc/>
    public override void OnPredictEnd() => Finish(null);

    private void Start()
    {
        done = 0;
        // Once an epoch has been seen to its end, the number of steps is known.
        target = Parameters.Steps ?? target;
        line = verbose == 0 ? null : new ProgressLine(Output, isTerminal, clock, verbose);
    }

    private void Update(int batch, Logs? logs)
    {
        done = batch + 1;
        line?.Update(done, target, logs);
    }

    private void Finish(Logs? logs)
    {
        target ??= done;
        line?.Finish(target.Value, logs);
        line = null;
    }
}
