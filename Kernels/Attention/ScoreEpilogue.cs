using GpuKeras.Kernels.Linear;
using GpuKeras.Kernels.Reduction;

namespace GpuKeras.Kernels.Attention;

/// <summary>Stores scores: scale · q · kᵀ, −∞ where the mask hides a value; or, with a row's shift and sum at hand, its weights.</summary>
/// <typeparam name="TLane">One number.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="scores">The memory of the scores.</param>
/// <param name="chunk">Which scores.</param>
/// <param name="mask">Which query sees which value.</param>
/// <param name="scale">What the scores are multiplied by.</param>
/// <param name="shift">Each row's shift <c>[batch, heads, queries]</c>; empty for plain scores.</param>
/// <param name="inverse">Each row's inverse sum of exp(score − shift).</param>
internal readonly unsafe struct ScoreEpilogue<TLane, T>(
    ArrayView<T> scores, AttentionChunk chunk, AttentionMask<T> mask, double scale, ArrayView<T> shift = default,
    ArrayView<T> inverse = default) : ITileEpilogue<T>
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged
{
    private readonly ArrayView<T> scores = scores;
    private readonly AttentionChunk chunk = chunk;
    private readonly AttentionMask<T> mask = mask;
    private readonly ArrayView<T> shift = shift;
    private readonly ArrayView<T> inverse = inverse;

    /// <inheritdoc/>
    public void Store(int matrix, int row, int column, in Quad<T> sums, int count) => QuadMemory.Store(
        scores, ((long)matrix * chunk.Queries + row) * chunk.Pitch + column,
        new(
            Score(matrix, row, column, sums.X), Score(matrix, row, column + 1, sums.Y), Score(matrix, row, column + 2, sums.Z),
            Score(matrix, row, column + 3, sums.W)));

    private T Score(int matrix, int row, int value, T sum)
    {
        var isWeight = shift.Length > 0;
        var score = isWeight ? TLane.Create(0) : TLane.Create(double.NegativeInfinity);
        // Between the last value and the end of the quad nothing is read.
        if (value < chunk.Sizes.Values && mask.IsVisible(chunk, matrix, row, value))
        {
            score = TLane.Broadcast(sum) * TLane.Create(scale);
            if (isWeight)
            {
                var index = chunk.Row(matrix, row);
                score = TLane.Exp(score - TLane.Load(shift.Pointer + index)) * TLane.Load(inverse.Pointer + index);
            }
        }
        return score.ToElement<TLane, T>();
    }
}
