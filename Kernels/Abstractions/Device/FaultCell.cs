namespace GpuKeras.Kernels;

/// <summary>Where the items of a launch report a bad value; the first report stays.</summary>
/// <param name="cell">Four int32: the code of the report (0 is none), its position, and its value's low and high half.</param>
/// <param name="code">Which report this is; not 0.</param>
public readonly struct FaultCell(ArrayView<int> cell, int code)
{
    /// <summary>The size of the cell.</summary>
    public const int Length = 4;

    private readonly ArrayView<int> cell = cell;
    private readonly int code = code;

    /// <summary>Reports a bad value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="position">The position where it stood, for the message.</param>
    public void Report(long value, int position)
    {
        if (Atomic.CompareExchange(ref cell[0], 0, code) != 0)
            return;
        cell[1] = position;
        cell[2] = (int)value;
        cell[3] = (int)(value >> 32);
    }

    /// <summary>The exception that a cell's contents stand for; null if nothing was reported.</summary>
    /// <param name="report">The contents.</param>
    /// <param name="described">What each code stands for, from 1 on.</param>
    public static Exception? Exception(ReadOnlySpan<int> report, IReadOnlyList<Func<long, long, Exception>> described) =>
        report[0] == 0 ? null : described[report[0] - 1]((uint)report[2] | (long)report[3] << 32, report[1]);
}
