using System.Runtime.InteropServices;

namespace GpuKeras.Kernels;

/// <summary>Working memory of host bodies: one growing buffer for each thread and use, so that no kernel allocates while it runs.</summary>
internal static unsafe class HostScratch
{
    private const int Alignment = 64;

    [ThreadStatic]
    private static Buffers? buffers;

    /// <summary>What a buffer is for. Two buffers that one thread needs at the same time have different uses.</summary>
    public enum Use
    {
        /// <summary>A panel of a matrix product's right operand.</summary>
        PanelB,

        /// <summary>All panels of a block of a matrix product's right operand.</summary>
        PanelsB,

        /// <summary>A block of a matrix product's left operand.</summary>
        BlockA,

        /// <summary>The input windows of a block of a convolution's output pixels.</summary>
        Windows,

        /// <summary>A convolution's filter in the order in which it is read.</summary>
        Filter,

        /// <summary>A convolution's filter, transformed.</summary>
        TransformedFilter,

        /// <summary>Sums of several threads that are added in the end.</summary>
        PartialSums,

        /// <summary>A row's elements as integers to be sorted.</summary>
        SortKeys,

        /// <summary>The scores of a block of attention.</summary>
        Scores,

        /// <summary>Such scores after dropout.</summary>
        KeptScores,

        /// <summary>The gradient of such scores.</summary>
        ScoreGradients,

        /// <summary>A recurrent kernel in the order in which it is read.</summary>
        RecurrentWeights,

        /// <summary>What a block of samples carries from one step of a recurrent layer to the next.</summary>
        RecurrentSteps,
    }

    /// <summary>This thread's buffer, at least <paramref name="count"/> elements long. Its content is undefined.</summary>
    public static T* Get<T>(Use use, nint count)
        where T : unmanaged =>
        (T*)(buffers ??= new Buffers()).Get((int)use, (nuint)(count * sizeof(T)));

    /// <summary>The buffers of one thread; the finalizer frees them after the thread has ended.</summary>
    private sealed class Buffers
    {
        private readonly Buffer[] values = new Buffer[Enum.GetValues<Use>().Length];

        ~Buffers()
        {
            foreach (var buffer in values)
                NativeMemory.AlignedFree((void*)buffer.Address);
        }

        public nint Get(int use, nuint sizeBytes)
        {
            ref var buffer = ref values[use];
            if (buffer.SizeBytes < sizeBytes || buffer.Address == 0)
            {
                // Half as much again, so that slowly growing requests do not allocate each time.
                var grown = Math.Max(sizeBytes, buffer.SizeBytes + buffer.SizeBytes / 2) + Alignment;
                NativeMemory.AlignedFree((void*)buffer.Address);
                buffer = default;
                buffer = new((nint)NativeMemory.AlignedAlloc(grown, Alignment), grown);
            }
            return buffer.Address;
        }

        private readonly record struct Buffer(nint Address, nuint SizeBytes);
    }
}
