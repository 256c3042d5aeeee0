using GpuKeras.Kernels.Linear;
using GpuKeras.Kernels.Random;
using GpuKeras.Kernels.Reduction;

namespace GpuKeras.Kernels.Attention;

/// <summary>
/// From the weights' gradients g = dy · vᵀ stores those of the scores, scale · p · (d · g − δ), and leaves d · p in place of the weights
/// p; d are the dropout's factors.
/// </summary>
/// <typeparam name="TLane">One number.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="weights">p, laid out as the chunk's scores.</param>
/// <param name="gradients">Where the gradients go, likewise.</param>
/// <param name="chunk">Which scores.</param>
/// <param name="dropout">Which weights are dropped.</param>
/// <param name="dots">δ = Σ dy · y of each row, <c>[batch, heads, queries]</c>.</param>
/// <param name="scale">What the scores were multiplied by.</param>
internal readonly unsafe struct ScoreGradientEpilogue<TLane, T>(
    ArrayView<T> weights, ArrayView<T> gradients, AttentionChunk chunk, DropoutMask dropout, ArrayView<T> dots, double scale)
    : ITileEpilogue<T>
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged
{
    private readonly ArrayView<T> weights = weights;
    private readonly ArrayView<T> gradients = gradients;
    private readonly AttentionChunk chunk = chunk;
    private readonly DropoutMask dropout = dropout;
    private readonly ArrayView<T> dots = dots;
    private readonly double keptScale = dropout.Scale;

    /// <inheritdoc/>
    public void Store(int matrix, int row, int column, in Quad<T> sums, int count)
    {
        var place = ((long)matrix * chunk.Queries + row) * chunk.Pitch + column;
        var index = chunk.Row(matrix, row);
        var dot = TLane.Load(dots.Pointer + index);
        var element = index * chunk.Sizes.Values + column;
        var p = QuadMemory.Load(weights, place);
        var (dx, kx) = Gradient(p.X, sums.X, dot, element);
        var (dy, ky) = Gradient(p.Y, sums.Y, dot, element + 1);
        var (dz, kz) = Gradient(p.Z, sums.Z, dot, element + 2);
        var (dw, kw) = Gradient(p.W, sums.W, dot, element + 3);
        QuadMemory.Store(gradients, place, new(dx, dy, dz, dw));
        if (dropout.IsActive)
            QuadMemory.Store(weights, place, new(kx, ky, kz, kw));
    }

    private (T Gradient, T Kept) Gradient(T weight, T sum, TLane dot, long element)
    {
        var (p, upstream) = (TLane.Broadcast(weight), TLane.Broadcast(sum));
        var kept = p;
        if (dropout.IsActive)
        {
            var isKept = dropout.KeepsElement((uint)element);
            upstream = isKept ? upstream * TLane.Create(keptScale) : TLane.Create(0);
            kept = isKept ? p * TLane.Create(keptScale) : TLane.Create(0);
        }
        return ((p * TLane.Create(scale) * (upstream - dot)).ToElement<TLane, T>(), kept.ToElement<TLane, T>());
    }
}
