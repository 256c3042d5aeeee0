using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Random;

/// <summary>Runs an <see cref="IGroupStep"/> over the groups of a stream, split over the host's threads.</summary>
/// <typeparam name="TStep">What is made of the words.</typeparam>
internal readonly unsafe struct GroupLoop<TStep>(PhiloxKey key, TStep step) : IRangeBody
    where TStep : struct, IGroupStep
{
    private const long GroupsPerThread = 64;

    private readonly PhiloxKey key = key;
    private readonly TStep step = step;

    /// <summary>Runs <paramref name="step"/> for as many groups as <paramref name="length"/> elements need.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The stream would be longer than the 2³² blocks of a counter's lower word.</exception>
    public static void For(PhiloxKey key, in TStep step, long length, int elementsPerGroup)
    {
        var groups = (length + elementsPerGroup - 1) / elementsPerGroup;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(groups, 1L << 28, nameof(length));
        HostThreads.For(groups, GroupsPerThread, new GroupLoop<TStep>(key, step));
    }

    [SkipLocalsInit]
    public void Run(long start, long end)
    {
        // A local, because a call on a read-only field of unknown type copies the struct each time.
        var local = step;
        var words = stackalloc uint[Philox.PairSize];
        for (var group = start; group < end; group += 2)
        {
            Philox.Pair(key, (uint)group, words);
            local.Group(group, words);
            if (group + 1 < end)
                local.Group(group + 1, words + Philox.GroupSize);
        }
    }
}
