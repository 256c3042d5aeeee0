using GpuKeras.Kernels;
using GpuKeras.Kernels.Training;

namespace GpuKeras;

/// <summary>One optimizer step on one variable, in place and in one pass over its elements.</summary>
/// <remarks>
/// The variable, its gradient and its slots have one shape and dtype and lie on one device. Each step first takes
/// <c>w · decay</c> away, which is weight decay times learning rate, 0 for none. The formulas are the kernels'.
/// </remarks>
internal static class FusedUpdates
{
    public static void Sgd(Variable w, Tensor g, double learningRate, double decay)
    {
        if (w.DType == DType.Float64) Run<double>(); else Run<float>();
        void Run<T>()
            where T : unmanaged => Launch(w, new SgdKernel<T>(w.View<T>(), g.View<T>(), learningRate, decay));
    }

    public static void Momentum(Variable w, Tensor g, Variable velocity, double learningRate, double momentum, bool nesterov, double decay)
    {
        if (w.DType == DType.Float64) Run<double>(); else Run<float>();
        void Run<T>()
            where T : unmanaged =>
            Launch(w, new MomentumKernel<T>(w.View<T>(), g.View<T>(), velocity.View<T>(), learningRate, momentum, nesterov, decay));
    }

    /// <param name="alpha">The learning rate with both bias corrections.</param>
    public static void Adam(
        Variable w, Tensor g, Variable momentum, Variable velocity, Variable? largest,
        double alpha, double beta1, double beta2, double epsilon, double decay)
    {
        if (w.DType == DType.Float64) Run<double>(); else Run<float>();
        void Run<T>()
            where T : unmanaged =>
            Launch(w, new AdamKernel<T>(
                w.View<T>(), g.View<T>(), momentum.View<T>(), velocity.View<T>(), ViewOrEmpty<T>(largest), alpha, beta1, beta2, epsilon,
                decay));
    }

    public static void RmsProp(
        Variable w, Tensor g, Variable velocity, Variable? average, Variable? momentumBuffer,
        double learningRate, double rho, double momentum, double epsilon, double decay)
    {
        if (w.DType == DType.Float64) Run<double>(); else Run<float>();
        void Run<T>()
            where T : unmanaged =>
            Launch(w, new RmsPropKernel<T>(
                w.View<T>(), g.View<T>(), velocity.View<T>(), ViewOrEmpty<T>(average), ViewOrEmpty<T>(momentumBuffer),
                learningRate, rho, momentum, epsilon, decay));
    }

    public static void Adagrad(Variable w, Tensor g, Variable accumulator, double learningRate, double epsilon, double decay)
    {
        if (w.DType == DType.Float64) Run<double>(); else Run<float>();
        void Run<T>()
            where T : unmanaged =>
            Launch(w, new AdagradKernel<T>(w.View<T>(), g.View<T>(), accumulator.View<T>(), learningRate, epsilon, decay));
    }

    public static void Adadelta(
        Variable w, Tensor g, Variable squaredGradient, Variable squaredDelta, double learningRate, double rho, double epsilon,
        double decay)
    {
        if (w.DType == DType.Float64) Run<double>(); else Run<float>();
        void Run<T>()
            where T : unmanaged =>
            Launch(w, new AdadeltaKernel<T>(
                w.View<T>(), g.View<T>(), squaredGradient.View<T>(), squaredDelta.View<T>(), learningRate, rho, epsilon, decay));
    }

    /// <param name="rate">The learning rate with the bias correction.</param>
    public static void Adamax(
        Variable w, Tensor g, Variable momentum, Variable norm, double rate, double beta1, double beta2, double epsilon, double decay)
    {
        if (w.DType == DType.Float64) Run<double>(); else Run<float>();
        void Run<T>()
            where T : unmanaged =>
            Launch(
                w, new AdamaxKernel<T>(w.View<T>(), g.View<T>(), momentum.View<T>(), norm.View<T>(), rate, beta1, beta2, epsilon, decay));
    }

    public static void Nadam(
        Variable w, Tensor g, Variable momentum, Variable velocity, double learningRate, double beta1, double beta2, double epsilon,
        double momentumScale, double gradientScale, double velocityScale, double decay)
    {
        if (w.DType == DType.Float64) Run<double>(); else Run<float>();
        void Run<T>()
            where T : unmanaged =>
            Launch(w, new NadamKernel<T>(
                w.View<T>(), g.View<T>(), momentum.View<T>(), velocity.View<T>(), learningRate, beta1, beta2, epsilon,
                momentumScale, gradientScale, velocityScale, decay));
    }

    public static void Lion(Variable w, Tensor g, Variable momentum, double learningRate, double beta1, double beta2, double decay)
    {
        if (w.DType == DType.Float64) Run<double>(); else Run<float>();
        void Run<T>()
            where T : unmanaged =>
            Launch(w, new LionKernel<T>(w.View<T>(), g.View<T>(), momentum.View<T>(), learningRate, beta1, beta2, decay));
    }

    public static void Ftrl(
        Variable w, Tensor g, Variable accumulator, Variable linear, double learningRate, double learningRatePower,
        double l1, double l2, double l2Shrinkage, double decay)
    {
        if (w.DType == DType.Float64) Run<double>(); else Run<float>();
        void Run<T>()
            where T : unmanaged =>
            Launch(w, new FtrlKernel<T>(
                w.View<T>(), g.View<T>(), accumulator.View<T>(), linear.View<T>(), learningRate, learningRatePower, l1, l2, l2Shrinkage,
                decay));
    }

    /// <summary>Moves an average towards a variable's values.</summary>
    public static void MovingAverage(Variable average, Tensor values, double momentum)
    {
        if (average.DType == DType.Float64) Run<double>(); else Run<float>();
        void Run<T>()
            where T : unmanaged => Launch(average, new MovingAverageKernel<T>(average.View<T>(), values.View<T>(), momentum));
    }

    private static ArrayView<T> ViewOrEmpty<T>(Variable? slot)
        where T : unmanaged => slot is null ? default : slot.View<T>();

    private static void Launch<TKernel>(Variable changed, in TKernel kernel)
        where TKernel : struct, IKernel
    {
        changed.Device.Run(kernel);
        changed.MarkChanged();
    }
}
