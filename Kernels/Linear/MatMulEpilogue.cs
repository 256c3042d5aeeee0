using GpuKeras.Kernels.Elementwise;

namespace GpuKeras.Kernels.Linear;

/// <summary>C = f(sum + bias), or C += sum: the end of a <see cref="MatMulKernel{TActivation, T}"/> on a device.</summary>
/// <typeparam name="TActivation">f.</typeparam>
/// <typeparam name="TLane">One number.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="c">C <c>[batch, m, n]</c>.</param>
/// <param name="bias">The bias <c>[n]</c>; empty for none.</param>
/// <param name="argument">Where to leave f's argument <c>[batch, m, n]</c>; empty for nowhere.</param>
/// <param name="rows">m.</param>
/// <param name="columns">n.</param>
/// <param name="accumulate">Whether to add to C's old value.</param>
/// <param name="activation">f's parameters.</param>
internal readonly unsafe struct MatMulEpilogue<TActivation, TLane, T>(
    ArrayView<T> c, ArrayView<T> bias, ArrayView<T> argument, int rows, int columns, bool accumulate, TActivation activation)
    : ITileEpilogue<T>
    where TActivation : struct, IUnaryFunction
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged
{
    private readonly ArrayView<T> c = c;
    private readonly ArrayView<T> bias = bias;
    private readonly ArrayView<T> argument = argument;
    private readonly int rows = rows;
    private readonly int columns = columns;
    private readonly bool accumulate = accumulate;
    private readonly TActivation activation = activation;

    /// <summary>n.</summary>
    public int Columns => columns;

    /// <summary>The elements of C.</summary>
    public long Length => c.Length;

    /// <summary>Whether an element only has to be stored once its start has been added.</summary>
    public bool IsStore => typeof(TActivation) == typeof(Identity) && argument.Length == 0;

    /// <summary>C, and what its sums start from.</summary>
    public ProductStart Start => new(c.Cast<float>(), bias.Cast<float>(), rows, columns, accumulate);

    /// <inheritdoc/>
    public void Store(int matrix, int row, int column, in Quad<T> sums, int count)
    {
        var place = ((long)matrix * rows + row) * columns + column;
        Store(place, column, sums.X);
        if (count > 1)
            Store(place + 1, column + 1, sums.Y);
        if (count > 2)
            Store(place + 2, column + 2, sums.Z);
        if (count > 3)
            Store(place + 3, column + 3, sums.W);
    }

    /// <summary>One element.</summary>
    public void Store(long place, int column, T sum)
    {
        var value = TLane.Broadcast(sum);
        if (accumulate)
            value = TLane.Broadcast(c[place]) + value;
        if (bias.Length > 0)
            value = TLane.Broadcast(bias[column]) + value;
        Finish(place, value);
    }

    /// <summary>An element of C that holds f's argument.</summary>
    public void Finish(long place) => Finish(place, TLane.Load(c.Pointer + place));

    /// <summary>An element whose start has been added.</summary>
    public void Finish(long place, TLane value)
    {
        if (argument.Length > 0)
            value.Store(argument.Pointer + place);
        activation.Value(value).Store(c.Pointer + place);
    }
}
