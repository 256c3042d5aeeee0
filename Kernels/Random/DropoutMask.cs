using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GpuKeras.Kernels.Random;

/// <summary>Which elements dropout keeps: those whose random number is at least the rate.</summary>
/// <remarks>The default drops nothing.</remarks>
/// <param name="key">The stream of random numbers; word i of it decides about element i.</param>
/// <param name="rate">The share of elements that is dropped, 0 … 1.</param>
public readonly unsafe struct DropoutMask(PhiloxKey key, double rate)
{
    private readonly PhiloxKey key = key;

    // Of the 2²⁴ values that a word's upper bits take, those below this number drop.
    private readonly int threshold = (int)Math.Ceiling(rate * (1 << 24));

    /// <summary>Whether anything is dropped.</summary>
    public bool IsActive => threshold > 0;

    /// <summary>What kept elements are multiplied by, so that the mean stays: 1 / (1 − rate), or 0 for a rate of 1.</summary>
    public double Scale => rate < 1 ? 1 / (1 - rate) : 0;

    /// <summary>The random words' stream.</summary>
    internal PhiloxKey Key => key;

    /// <summary>Whether the element is kept whose random word this is.</summary>
    internal bool Keeps(uint word) => (int)(word >> 8) >= threshold;

    /// <summary>Whether an element is kept, for device bodies that look at single elements.</summary>
    /// <param name="element">The element's place in the stream.</param>
    internal bool KeepsElement(uint element) => Keeps(Philox.Word(key, element));

    /// <summary>Sets the dropped ones of <paramref name="count"/> elements from element <paramref name="first"/> on to 0.</summary>
    /// <param name="first">The place in the stream of the first element.</param>
    /// <param name="count">How many elements.</param>
    /// <param name="values">The elements.</param>
    /// <param name="scale">What the kept ones are multiplied by.</param>
    [SkipLocalsInit]
    internal void Apply<T>(long first, long count, T* values, double scale)
        where T : unmanaged
    {
        var words = stackalloc uint[Philox.PairSize];
        for (var done = 0L; done < count;)
        {
            var (skipped, length) = Next(first + done, count - done, words);
            Keep(words + skipped, values + done, values + done, length, scale);
            done += length;
        }
    }

    /// <summary>The same for two arrays, of which the first is copied.</summary>
    [SkipLocalsInit]
    internal void Apply<T>(long first, long count, T* source, T* target, T* values, double scale)
        where T : unmanaged
    {
        var words = stackalloc uint[Philox.PairSize];
        for (var done = 0L; done < count;)
        {
            var (skipped, length) = Next(first + done, count - done, words);
            Keep(words + skipped, source + done, target + done, length, scale);
            Keep(words + skipped, values + done, values + done, length, scale);
            done += length;
        }
    }

    /// <summary>target[i] = source[i] · scale where word i keeps, else 0.</summary>
    internal void Keep<T>(uint* words, T* source, T* target, int count, double scale)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            KeepFloats(words, (float*)source, (float*)target, count, (float)scale);
            return;
        }
        for (var i = 0; i < count; i++)
            ((double*)target)[i] = Keeps(words[i]) ? ((double*)source)[i] * scale : 0;
    }

    private (int Skipped, int Length) Next(long element, long count, uint* words)
    {
        Philox.Pair(key, (uint)(element / Philox.GroupSize), words);
        var skipped = (int)(element % Philox.GroupSize);
        return (skipped, (int)Math.Min(count, Philox.PairSize - skipped));
    }

    private void KeepFloats(uint* words, float* source, float* target, int count, float scale)
    {
        var i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            var (thresholds, scales) = (Vector512.Create((uint)threshold), Vector512.Create(scale));
            for (; i + 16 <= count; i += 16)
            {
                var keep = Vector512.GreaterThanOrEqual(Vector512.Load(words + i) >> 8, thresholds).AsSingle();
                Vector512.Store(Vector512.ConditionalSelect(keep, Vector512.Load(source + i) * scales, Vector512<float>.Zero), target + i);
            }
        }
        else
        {
            var (thresholds, scales) = (Vector256.Create((uint)threshold), Vector256.Create(scale));
            for (; i + 8 <= count; i += 8)
            {
                var keep = Vector256.GreaterThanOrEqual(Vector256.Load(words + i) >> 8, thresholds).AsSingle();
                Vector256.Store(Vector256.ConditionalSelect(keep, Vector256.Load(source + i) * scales, Vector256<float>.Zero), target + i);
            }
        }
        for (; i < count; i++)
            target[i] = Keeps(words[i]) ? source[i] * scale : 0;
    }
}
