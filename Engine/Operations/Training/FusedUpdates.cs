using GpuKeras.Kernels;
using GpuKeras.Kernels.Training;

namespace GpuKeras;

/// <summary>Optimizer steps in place and in one pass over the elements: queued variable by variable, run in one launch.</summary>
/// <remarks>
/// A variable, its gradient and its slots have one shape and dtype and lie on one device. Each step first takes
/// <c>w · decay</c> away, which is weight decay times learning rate, 0 for none. The formulas are the kernels'. Nothing changes
/// before <see cref="Run"/>, and until then nothing that is queued may be disposed or be queued again.
/// </remarks>
internal sealed class FusedUpdates
{
    // One for each kernel, dtype and device: nearly always one.
    private readonly List<IUpdateQueue> queues = [];

    /// <summary>Runs what is queued.</summary>
    public void Run()
    {
        foreach (var queue in queues)
            queue.Run();
    }

    /// <summary>Forgets what is queued.</summary>
    public void Clear()
    {
        foreach (var queue in queues)
            queue.Clear();
    }

    public void Sgd(Variable w, Tensor g, double learningRate, double decay)
    {
        if (w.DType == DType.Float64) Add<double>(); else Add<float>();
        void Add<T>()
            where T : unmanaged => Queue<T, SgdKernel<T>>(w, new(w.View<T>(), g.View<T>(), learningRate, decay));
    }

    public void Momentum(Variable w, Tensor g, Variable velocity, double learningRate, double momentum, bool nesterov, double decay)
    {
        if (w.DType == DType.Float64) Add<double>(); else Add<float>();
        void Add<T>()
            where T : unmanaged =>
            Queue<T, MomentumKernel<T>>(w, new(w.View<T>(), g.View<T>(), velocity.View<T>(), learningRate, momentum, nesterov, decay));
    }

    /// <param name="alpha">The learning rate with both bias corrections.</param>
    public void Adam(
        Variable w, Tensor g, Variable momentum, Variable velocity, Variable? largest,
        double alpha, double beta1, double beta2, double epsilon, double decay)
    {
        if (w.DType == DType.Float64) Add<double>(); else Add<float>();
        void Add<T>()
            where T : unmanaged =>
            Queue<T, AdamKernel<T>>(w, new(
                w.View<T>(), g.View<T>(), momentum.View<T>(), velocity.View<T>(), ViewOrEmpty<T>(largest), alpha, beta1, beta2, epsilon,
                decay));
    }

    public void RmsProp(
        Variable w, Tensor g, Variable velocity, Variable? average, Variable? momentumBuffer,
        double learningRate, double rho, double momentum, double epsilon, double decay)
    {
        if (w.DType == DType.Float64) Add<double>(); else Add<float>();
        void Add<T>()
            where T : unmanaged =>
            Queue<T, RmsPropKernel<T>>(w, new(
                w.View<T>(), g.View<T>(), velocity.View<T>(), ViewOrEmpty<T>(average), ViewOrEmpty<T>(momentumBuffer),
                learningRate, rho, momentum, epsilon, decay));
    }

    public void Adagrad(Variable w, Tensor g, Variable accumulator, double learningRate, double epsilon, double decay)
    {
        if (w.DType == DType.Float64) Add<double>(); else Add<float>();
        void Add<T>()
            where T : unmanaged =>
            Queue<T, AdagradKernel<T>>(w, new(w.View<T>(), g.View<T>(), accumulator.View<T>(), learningRate, epsilon, decay));
    }

    public void Adadelta(
        Variable w, Tensor g, Variable squaredGradient, Variable squaredDelta, double learningRate, double rho, double epsilon,
        double decay)
    {
        if (w.DType == DType.Float64) Add<double>(); else Add<float>();
        void Add<T>()
            where T : unmanaged =>
            Queue<T, AdadeltaKernel<T>>(w, new(
                w.View<T>(), g.View<T>(), squaredGradient.View<T>(), squaredDelta.View<T>(), learningRate, rho, epsilon, decay));
    }

    /// <param name="rate">The learning rate with the bias correction.</param>
    public void Adamax(
        Variable w, Tensor g, Variable momentum, Variable norm, double rate, double beta1, double beta2, double epsilon, double decay)
    {
        if (w.DType == DType.Float64) Add<double>(); else Add<float>();
        void Add<T>()
            where T : unmanaged =>
            Queue<T, AdamaxKernel<T>>(
                w, new(w.View<T>(), g.View<T>(), momentum.View<T>(), norm.View<T>(), rate, beta1, beta2, epsilon, decay));
    }

    public void Nadam(
        Variable w, Tensor g, Variable momentum, Variable velocity, double learningRate, double beta1, double beta2, double epsilon,
        double momentumScale, double gradientScale, double velocityScale, double decay)
    {
        if (w.DType == DType.Float64) Add<double>(); else Add<float>();
        void Add<T>()
            where T : unmanaged =>
            Queue<T, NadamKernel<T>>(w, new(
                w.View<T>(), g.View<T>(), momentum.View<T>(), velocity.View<T>(), learningRate, beta1, beta2, epsilon,
                momentumScale, gradientScale, velocityScale, decay));
    }

    public void Lion(Variable w, Tensor g, Variable momentum, double learningRate, double beta1, double beta2, double decay)
    {
        if (w.DType == DType.Float64) Add<double>(); else Add<float>();
        void Add<T>()
            where T : unmanaged =>
            Queue<T, LionKernel<T>>(w, new(w.View<T>(), g.View<T>(), momentum.View<T>(), learningRate, beta1, beta2, decay));
    }

    public void Ftrl(
        Variable w, Tensor g, Variable accumulator, Variable linear, double learningRate, double learningRatePower,
        double l1, double l2, double l2Shrinkage, double decay)
    {
        if (w.DType == DType.Float64) Add<double>(); else Add<float>();
        void Add<T>()
            where T : unmanaged =>
            Queue<T, FtrlKernel<T>>(w, new(
                w.View<T>(), g.View<T>(), accumulator.View<T>(), linear.View<T>(), learningRate, learningRatePower, l1, l2, l2Shrinkage,
                decay));
    }

    /// <summary>Queues a step of an average towards a tensor's values.</summary>
    public void Follow(Variable average, Tensor values, double momentum)
    {
        if (average.DType == DType.Float64) Add<double>(); else Add<float>();
        void Add<T>()
            where T : unmanaged => Queue<T, MovingAverageKernel<T>>(average, new(average.View<T>(), values.View<T>(), momentum));
    }

    /// <summary>Moves an average towards a variable's values, at once.</summary>
    public static void MovingAverage(Variable average, Tensor values, double momentum)
    {
        if (average.DType == DType.Float64) Run<double>(); else Run<float>();
        average.MarkChanged();
        void Run<T>()
            where T : unmanaged => average.Device.Run(new MovingAverageKernel<T>(average.View<T>(), values.View<T>(), momentum));
    }

    /// <summary>Adds a scalar to a weighted mean, at once: total += weight · value, count += weight. All are float32 and on one device.</summary>
    public static void WeightedMean(Variable total, Variable count, Tensor value, double weight)
    {
        total.Device.Run(new WeightedMeanKernel<float>(total.View<float>(), count.View<float>(), value.View<float>(), weight));
        total.MarkChanged();
        count.MarkChanged();
    }

    private static ArrayView<T> ViewOrEmpty<T>(Variable? slot)
        where T : unmanaged => slot is null ? default : slot.View<T>();

    private void Queue<T, TKernel>(Variable changed, in TKernel kernel)
        where T : unmanaged
        where TKernel : struct, IKernel, IElementStep
    {
        QueueOn<T, TKernel>(changed.Device).Add(kernel, changed.Size);
        changed.MarkChanged();
    }

    private UpdateQueue<T, TKernel> QueueOn<T, TKernel>(Device device)
        where T : unmanaged
        where TKernel : struct, IKernel, IElementStep
    {
        foreach (var queue in queues)
            if (queue is UpdateQueue<T, TKernel> found && found.Device == device)
                return found;
        var added = new UpdateQueue<T, TKernel>(device);
        queues.Add(added);
        return added;
    }
}
