namespace GpuKeras;

public partial class Tensor
{
    /// <summary>The maximum of every window of this tensor <c>[batch, steps, channels]</c>.</summary>
    /// <param name="poolSize">Steps of the window.</param>
    /// <param name="stride">Steps from one window to the next; the pool size by default.</param>
    /// <param name="padding">What happens at the ends. Padding does not take part in the maximum.</param>
    /// <returns>The maxima <c>[batch, output steps, channels]</c>.</returns>
    /// <exception cref="ShapeException">The rank is not 3, or the input is shorter than the window.</exception>
    public Tensor MaxPool1D(int poolSize, int? stride = null, Padding padding = Padding.Valid) =>
        new MaxPoolOp(new(1, (1, poolSize), (1, stride ?? poolSize), padding)).Apply(this);

    /// <summary>The maximum of every window of this tensor <c>[batch, height, width, channels]</c>.</summary>
    /// <param name="poolSize">Rows and columns of the window.</param>
    /// <param name="strides">Rows and columns from one window to the next; the pool size by default.</param>
    /// <param name="padding">What happens at the edges. Padding does not take part in the maximum.</param>
    /// <returns>The maxima <c>[batch, output height, output width, channels]</c>.</returns>
    /// <exception cref="ShapeException">The rank is not 4, or the input is smaller than the window.</exception>
    public Tensor MaxPool2D((int Height, int Width) poolSize, (int Height, int Width)? strides = null, Padding padding = Padding.Valid) =>
        new MaxPoolOp(new(2, poolSize, strides ?? poolSize, padding)).Apply(this);

    /// <summary>The mean of every window of this tensor <c>[batch, steps, channels]</c>.</summary>
    /// <param name="poolSize">Steps of the window.</param>
    /// <param name="stride">Steps from one window to the next; the pool size by default.</param>
    /// <param name="padding">What happens at the ends. Padding is not counted in the mean.</param>
    /// <returns>The means <c>[batch, output steps, channels]</c>.</returns>
    /// <exception cref="ShapeException">The rank is not 3, or the input is shorter than the window.</exception>
    public Tensor AveragePool1D(int poolSize, int? stride = null, Padding padding = Padding.Valid) =>
        new AveragePoolOp(new(1, (1, poolSize), (1, stride ?? poolSize), padding)).Apply(this);

    /// <summary>The mean of every window of this tensor <c>[batch, height, width, channels]</c>.</summary>
    /// <param name="poolSize">Rows and columns of the window.</param>
    /// <param name="strides">Rows and columns from one window to the next; the pool size by default.</param>
    /// <param name="padding">What happens at the edges. Padding is not counted in the mean.</param>
    /// <returns>The means <c>[batch, output height, output width, channels]</c>.</returns>
    /// <exception cref="ShapeException">The rank is not 4, or the input is smaller than the window.</exception>
    public Tensor AveragePool2D(
        (int Height, int Width) poolSize, (int Height, int Width)? strides = null, Padding padding = Padding.Valid) =>
        new AveragePoolOp(new(2, poolSize, strides ?? poolSize, padding)).Apply(this);
}
