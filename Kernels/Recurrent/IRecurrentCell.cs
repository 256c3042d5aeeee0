namespace GpuKeras.Kernels.Recurrent;

/// <summary>What one step of a recurrent layer does with a sample once the products with the recurrent kernel are known.</summary>
/// <remarks>Elementwise over the units, so that on the host the whole of it runs on rows that are in cache, and on a device an item has a unit.</remarks>
public interface IRecurrentCell
{
    /// <summary>The cell's name, in lower case with underscores.</summary>
    static abstract string Name { get; }

    /// <summary>How many columns of the kernels belong to each unit.</summary>
    static abstract int Gates { get; }

    /// <summary>How many states there are: h, and with two the cell state c.</summary>
    static abstract int States { get; }

    /// <summary>How many numbers of each unit and step the gradient needs besides the states.</summary>
    static abstract int Kept { get; }

    /// <summary>
    /// Whether the gradient with respect to the product with the recurrent kernel differs from that with respect to the input's part:
    /// when the two are not simply added.
    /// </summary>
    static abstract bool HasRecurrentGradient { get; }

    /// <summary>The states after a step.</summary>
    static abstract void Step<TLane, TScalar, T>(in StepRow<T> row)
        where TLane : struct, ILane<TLane, T>
        where TScalar : struct, ILane<TScalar, T>
        where T : unmanaged;

    /// <summary>The gradient of <see cref="Step"/>.</summary>
    static abstract void StepGradient<TLane, TScalar, T>(in StepGradientRow<T> row)
        where TLane : struct, ILane<TLane, T>
        where TScalar : struct, ILane<TScalar, T>
        where T : unmanaged;
}
