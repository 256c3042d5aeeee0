namespace GpuKeras.Kernels.Linear;

/// <summary>The heights of a register tile as types: the JIT compiles the micro-kernel once for each, with every row test folded.</summary>
/// <remarks>All in one file, because apart they say nothing.</remarks>
internal static class RowCount
{
    /// <summary>A number known to the JIT.</summary>
    internal interface IRowCount
    {
        /// <summary>How many rows the tile has.</summary>
        static abstract int Value { get; }
    }

    internal readonly struct R1 : IRowCount { public static int Value => 1; }

    internal readonly struct R2 : IRowCount { public static int Value => 2; }

    internal readonly struct R3 : IRowCount { public static int Value => 3; }

    internal readonly struct R4 : IRowCount { public static int Value => 4; }

    internal readonly struct R5 : IRowCount { public static int Value => 5; }

    internal readonly struct R6 : IRowCount { public static int Value => 6; }

    internal readonly struct R7 : IRowCount { public static int Value => 7; }

    internal readonly struct R8 : IRowCount { public static int Value => 8; }

    internal readonly struct R9 : IRowCount { public static int Value => 9; }

    internal readonly struct R10 : IRowCount { public static int Value => 10; }

    internal readonly struct R11 : IRowCount { public static int Value => 11; }

    internal readonly struct R12 : IRowCount { public static int Value => 12; }

    internal readonly struct R13 : IRowCount { public static int Value => 13; }

    internal readonly struct R14 : IRowCount { public static int Value => 14; }
}
