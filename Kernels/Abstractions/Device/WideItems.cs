namespace GpuKeras.Kernels;

/// <summary>An elementwise computation over float32 with one item for each register, and for each element that is left over.</summary>
/// <typeparam name="TLane">The register.</typeparam>
/// <typeparam name="TStep">The computation.</typeparam>
/// <param name="step">The computation.</param>
/// <param name="length">The number of elements.</param>
internal readonly struct WideItems<TLane, TStep>(in TStep step, int length) : IElementItems<WideItems<TLane, TStep>, TStep>
    where TLane : struct, ILane<TLane, float>
    where TStep : struct, IElementStep
{
    private readonly TStep step = step;
    private readonly int registers = length / TLane.Count;

    public static WideItems<TLane, TStep> Of(in TStep step, int length) => new(step, length);

    public static int Count(int length) => length / TLane.Count + length % TLane.Count;

    public void Run(int index)
    {
        if (index < registers)
            step.Step<TLane, float>(index * TLane.Count);
        else
            step.Step<FloatLane, float>(registers * (TLane.Count - 1) + index);
    }
}
