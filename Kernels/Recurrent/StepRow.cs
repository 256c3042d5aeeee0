namespace GpuKeras.Kernels.Recurrent;

/// <summary>One step of one sample; each member points to a row of <see cref="Units"/> elements for each number of a unit.</summary>
/// <typeparam name="T">The element type.</typeparam>
public readonly unsafe ref struct StepRow<T>
    where T : unmanaged
{
    /// <summary>The size of each state.</summary>
    public required nint Units { get; init; }

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
