using System.Diagnostics.CodeAnalysis;

namespace GpuKeras;

/// <summary>Cuts a source of batches into epochs: one pass each, or a number of steps that continue across passes.</summary>
internal sealed class EpochIterator(BatchSource source, int? steps) : IDisposable
{
    private readonly int? steps = steps is null && source.IsInfinite
        ? throw new ArgumentException("data: it repeats without end. Hint: give the number of steps, such as `stepsPerEpoch` or `validationSteps`, or repeat it a number of times")
        : steps;

    private IEnumerator<Batch>? pass;
    private int step;

    public void StartEpoch()
    {
        step = 0;
        // Without a number of steps an epoch is one pass; with one, the pass goes on where the last epoch stopped.
        if (steps is null)
            Restart();
    }

    public bool TryNext([NotNullWhen(true)] out Batch? batch)
    {
        batch = null;
        if (step == steps)
            return false;
        if (pass is null)
            Restart();
        if (!pass!.MoveNext())
        {
            if (steps is null)
                return false;
            if (step > 0)
                Console.Error.WriteLine($"warning: the data ran out after {step} of {steps} steps of the epoch; it starts again.");
            Restart();
            if (!pass.MoveNext())
                return false;
        }
        step++;
        batch = pass.Current;
        return true;
    }

    public void Dispose() => pass?.Dispose();

    [MemberNotNull(nameof(pass))]
    private void Restart()
    {
        pass?.Dispose();
        pass = source.Pass().GetEnumerator();
    }
}
