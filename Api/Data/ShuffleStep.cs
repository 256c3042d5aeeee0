using GpuKeras.Kernels.Random;

namespace GpuKeras;

/// <summary>The elements in random order: each is drawn from a buffer, which the source keeps full.</summary>
/// <remarks>With a buffer of all elements, every order is as likely. The order depends on the seed and the number of the pass alone.</remarks>
internal sealed class ShuffleStep(int bufferSize, long seed, bool reshuffleEachIteration) : ISequenceStep
{
    private long passes;

    /// <inheritdoc/>
    public IEnumerable<T> Run<T>(IEnumerable<T> source)
    {
        var pass = reshuffleEachIteration ? (ulong)Interlocked.Increment(ref passes) : 0;
        var draws = 0UL;
        var buffer = new List<T>();
        foreach (var element in source)
        {
            if (buffer.Count < bufferSize)
            {
                buffer.Add(element);
                continue;
            }
            var at = Draw(pass, draws++, buffer.Count);
            yield return buffer[at];
            buffer[at] = element;
        }
        while (buffer.Count > 0)
        {
            var at = Draw(pass, draws++, buffer.Count);
            yield return buffer[at];
            buffer[at] = buffer[^1];
            buffer.RemoveAt(buffer.Count - 1);
        }
    }

    /// <inheritdoc/>
    public long? CountOf(long? count) => count;

    // A number below the limit from 64 random bits; multiplying is less biased than the remainder, and faster.
    private int Draw(ulong pass, ulong draw, int limit)
    {
        var (high, low, _, _) = Philox.Block((uint)draw, (uint)(draw >> 32), (uint)pass, (uint)(pass >> 32), (uint)seed, (uint)(seed >> 32));
        return (int)Math.BigMul(((ulong)high << 32) | low, (ulong)limit, out _);
    }
}
