namespace GpuKeras.Kernels.Recurrent;

/// <summary>One step of some neighbouring units of one sample.</summary>
/// <remarks>
/// Each member points to the first of these units; where a unit has several numbers, they lie <see cref="Units"/> elements apart.
/// </remarks>
/// <typeparam name="T">The element type.</typeparam>
public readonly unsafe ref struct StepRow<T>
    where T : unmanaged
{
    /// <summary>The size of each state.</summary>
    public required long Units { get; init; }

    /// <summary>How many units the step is computed for: all of a row on the host, one in an item of a device.</summary>
    public required long Count { get; init; }

    /// <summary>The input's part, <c>[gates, units]</c>.</summary>
    public required T* Projected { get; init; }

    /// <summary>The product of the state with the recurrent kernel, and its bias, <c>[gates, units]</c>. May be overwritten.</summary>
    public required T* Product { get; init; }

    /// <summary>h before the step.</summary>
    public required T* HiddenBefore { get; init; }

    /// <summary>c before the step.</summary>
    public required T* CellBefore { get; init; }

    /// <summary>h after the step, to be written.</summary>
    public required T* Hidden { get; init; }

    /// <summary>c after the step, to be written.</summary>
    public required T* Cell { get; init; }

    /// <summary>What the gradient needs, <c>[kept, units]</c>, to be written.</summary>
    public required T* Kept { get; init; }
}
