using System.Runtime.InteropServices;

namespace GpuKeras;

/// <summary>Records the operations done while it is open, and computes gradients by sweeping back over them.</summary>
/// <remarks>
/// Trainable variables are followed by themselves; <see cref="Watch"/> follows other tensors. Tapes nest: an outer tape records the
/// gradient computation of an inner one, which gives second derivatives. A tape serves one <see cref="Gradient(Tensor, Tensor)"/>
/// call unless it is persistent, and stops recording with it. A tape belongs to the thread that opened it.
/// </remarks>
public sealed class GradientTape : IDisposable
{
    private const int MaximumDepth = 64;

    [ThreadStatic]
    private static GradientTape?[]? open;

    [ThreadStatic]
    private static ulong activeMask;

    // Used again by the thread's next tape, so that one in a steady loop does not grow them anew.
    [ThreadStatic]
    private static Stack<List<Step>>? spareSteps;

    [ThreadStatic]
    private static Dictionary<Tensor, Tensor>? spareGradients;

    private readonly List<Step> steps;
    private readonly bool persistent;
    private readonly int slot;
    private readonly GradientTape?[] siblings;
    private readonly int thread = Environment.CurrentManagedThreadId;
    private bool used;
    private volatile bool disposed;

    /// <summary>Opens a tape on the calling thread.</summary>
    /// <param name="persistent">Whether <see cref="Gradient(Tensor, Tensor)"/> may be called more than once.</param>
    public GradientTape(bool persistent = false)
    {
        this.persistent = persistent;
        siblings = open ??= new GradientTape?[MaximumDepth];
        slot = Array.IndexOf(open, null);
        if (slot < 0)
            throw new InvalidOperationException(
                $"GradientTape: at most {MaximumDepth} tapes can be open at once. Hint: dispose those that are done.");
        steps = (spareSteps ??= new()).TryPop(out var spare) ? spare : [];
        open[slot] = this;
        IsRecording = true;
    }

    /// <summary>Bit i is set while the i-th open tape of this thread records.</summary>
    internal static ulong ActiveMask => activeMask;

    private bool IsRecording
    {
        get => (activeMask >> slot & 1) != 0;
        set => activeMask = value ? activeMask | 1UL << slot : activeMask & ~(1UL << slot);
    }

    /// <summary>Follows a tensor that is no trainable variable, such as an input.</summary>
    /// <exception cref="DTypeException">The tensor is not of a floating-point dtype.</exception>
    public void Watch(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        CheckThread();
        if (!tensor.DType.IsFloatingPoint())
            throw new DTypeException("GradientTape.Watch", "gradients need a floating-point dtype", tensor.DType.KerasName());
        tensor.TapeMask |= 1UL << slot;
    }

    /// <summary>Pauses recording until the result is disposed.</summary>
    public IDisposable StopRecording() => new Pause(this);

    /// <summary>∂ target / ∂ source, of the source's shape; null if the target does not depend on the source.</summary>
    /// <param name="target">What is differentiated; if it is not a scalar, the sum of its elements.</param>
    /// <param name="source">A variable or a watched tensor.</param>
    public Tensor? Gradient(Tensor target, Tensor source) => Gradient(target, [source])[0];

    /// <summary>∂ target / ∂ source for each source; null where the target does not depend on it.</summary>
    /// <param name="target">What is differentiated; if it is not a scalar, the sum of its elements.</param>
    /// <param name="sources">Variables or watched tensors.</param>
    /// <param name="outputGradient">The weight of each element of the target, of its shape; ones by default.</param>
    /// <exception cref="InvalidOperationException">The tape was used already, or a variable changed since it was recorded.</exception>
    public Tensor?[] Gradient(Tensor target, IReadOnlyList<Tensor> sources, Tensor? outputGradient = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(sources);
        ObjectDisposedException.ThrowIf(disposed, this);
        CheckThread();
        if (used && !persistent)
            throw new InvalidOperationException(
                "GradientTape.Gradient: a tape that is not persistent serves one call. Hint: new GradientTape(persistent: true).");
        used = true;
        if (outputGradient is not null && outputGradient.Shape != target.Shape)
            throw new ShapeException(
                "GradientTape.Gradient", "the output gradient has the target's shape",
                $"target {target.Shape}, gradient {outputGradient.Shape}");
        var recorded = IsRecording;
        IsRecording = false;
        try
        {
            return Sweep(target, sources, outputGradient ?? Tensor.Full(target.Shape, 1, target.DType));
        }
        finally
        {
            if (persistent)
                IsRecording = recorded;
            else
                steps.Clear();
        }
    }

    /// <summary>Closes the tape.</summary>
    /// <exception cref="InvalidOperationException">The calling thread is not the one that opened it.</exception>
    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        // From another thread it is only marked; its own one drops it at the next operation.
        CheckThread();
        Close();
    }

    /// <summary>
    /// Whether a recording tape follows one of these: then a gradient must be written with operations, for it will be
    /// differentiated.
    /// </summary>
    internal static bool FollowsAny(ReadOnlySpan<Tensor> inputs, Tensor gradient)
    {
        var tapes = gradient.TapeMask;
        foreach (var input in inputs)
            tapes |= input.TapeMask;
        return (tapes & activeMask) != 0;
    }

    /// <summary>Pauses all tapes of this thread until the result is disposed.</summary>
    internal static PauseAll StopAll() => new(activeMask);

    internal static void Record(ulong tapes, TensorOp operation, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var step = new Step(operation, inputs.ToArray(), output);
        output.TapeMask |= tapes;
        for (var slot = 0; tapes != 0; slot++, tapes >>= 1)
            if ((tapes & 1) != 0)
            {
                var tape = open![slot]!;
                if (tape.disposed)
                    tape.Close();
                else
                    tape.steps.Add(step);
            }
    }

    private void Close()
    {
        IsRecording = false;
        open![slot] = null;
        steps.Clear();
        (spareSteps ??= new()).Push(steps);
    }

    private void CheckThread()
    {
        if (!ReferenceEquals(siblings, open))
            throw new InvalidOperationException(
                $"GradientTape: belongs to the thread that opened it, {thread}; got thread {Environment.CurrentManagedThreadId}. Hint: open, use and " +
                "dispose it without an await in between.");
    }

    private Tensor?[] Sweep(Tensor target, IReadOnlyList<Tensor> sources, Tensor seed)
    {
        // Gradients of tensors whose producers have not been reached yet; those of sources stay to the end.
        var gradients = spareGradients ?? new(ReferenceEqualityComparer.Instance);
        spareGradients = null;
        try
        {
            gradients[target] = seed;
            return Sweep(gradients, sources);
        }
        finally
        {
            gradients.Clear();
            spareGradients = gradients;
        }
    }

    private Tensor?[] Sweep(Dictionary<Tensor, Tensor> gradients, IReadOnlyList<Tensor> sources)
    {
        var context = new BackwardContext(slot);
        for (var i = steps.Count - 1; i >= 0; i--)
        {
            var step = steps[i];
            if (!gradients.TryGetValue(step.Output, out var gradient))
                continue;
            step.CheckUnchanged();
            context.Start(step.Inputs, step.Output, gradient);
            step.Operation.Backward(context);
            for (var input = 0; input < step.Inputs.Length; input++)
                if (context[input] is { } contribution && context.Needs(input))
                    Accumulate(gradients, step.Inputs[input], contribution);
        }
        var results = new Tensor?[sources.Count];
        for (var i = 0; i < results.Length; i++)
            results[i] = gradients.GetValueOrDefault(sources[i]);
        return results;
    }

    private static void Accumulate(Dictionary<Tensor, Tensor> gradients, Tensor input, Tensor contribution)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(gradients, input, out var exists);
        sum = exists ? sum! + contribution : contribution;
    }

    private readonly struct Step(TensorOp operation, Tensor[] inputs, Tensor output)
    {
        private readonly long versions = SumVersions(inputs);

        public TensorOp Operation => operation;

        public Tensor[] Inputs => inputs;

        public Tensor Output => output;

        public void CheckUnchanged()
        {
            if (SumVersions(inputs) != versions)
                throw new InvalidOperationException(
                    $"GradientTape.Gradient: an input of {operation.Name} was assigned after it was recorded. Hint: compute gradients " +
                    "before changing variables, or compute with Variable.Value.");
        }

        private static long SumVersions(Tensor[] inputs)
        {
            var sum = 0L;
            foreach (var input in inputs)
                sum += input.Storage.Version;
            return sum;
        }
    }

    private sealed class Pause : IDisposable
    {
        private readonly GradientTape tape;
        private readonly bool recorded;

        public Pause(GradientTape tape)
        {
            this.tape = tape;
            tape.CheckThread();
            recorded = tape.IsRecording;
            tape.IsRecording = false;
        }

        public void Dispose() => tape.IsRecording = recorded && !tape.disposed;
    }

    internal readonly ref struct PauseAll
    {
        private readonly ulong mask;

        public PauseAll(ulong mask)
        {
            this.mask = mask;
            activeMask = 0;
        }

        public void Dispose() => activeMask = mask;
    }
}
