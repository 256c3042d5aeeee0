namespace GpuKeras.Kernels.Recurrent;

/// <summary>The gradient of one step of some neighbouring units of one sample, laid out as <see cref="StepRow{T}"/>.</summary>
/// <typeparam name="T">The element type.</typeparam>
public readonly unsafe ref struct StepGradientRow<T>
    where T : unmanaged
{
    /// <summary>The size of each state.</summary>
    public required long Units { get; init; }

    /// <summary>How many units the step is computed for.</summary>
    public required long Count { get; init; }

    /// <summary>What <see cref="IRecurrentCell.Step"/> kept, <c>[kept, units]</c>.</summary>
    public required T* Kept { get; init; }

    /// <summary>h before the step.</summary>
    public required T* HiddenBefore { get; init; }

    /// <summary>c before the step.</summary>
    public required T* CellBefore { get; init; }

    /// <summary>h after the step.</summary>
    public required T* Hidden { get; init; }

    /// <summary>
    /// The gradient of h after the step; to be replaced by that of h before it, without what comes through the recurrent kernel.
    /// </summary>
    public required T* HiddenGradient { get; init; }

    /// <summary>The gradient of c after the step; to be replaced by that of c before it.</summary>
    public required T* CellGradient { get; init; }

    /// <summary>The gradient of the input's part, <c>[gates, units]</c>, to be written.</summary>
    public required T* ProjectedGradient { get; init; }

    /// <summary>The gradient of the product with the recurrent kernel, <c>[gates, units]</c>, to be written if it differs.</summary>
    public required T* ProductGradient { get; init; }
}
