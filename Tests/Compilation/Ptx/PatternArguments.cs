using GpuKeras.Kernels;

namespace GpuKeras.Tests.Compilation.Ptx;

/// <summary>What every pattern of <see cref="Patterns"/> works on.</summary>
public readonly struct PatternArguments(
    ArrayView<float> x, ArrayView<float> y, ArrayView<int> integers, ArrayView<long> longs, ArrayView<double> doubles, Extents extents,
    bool flag)
{
    /// <summary>Input, one number for each item.</summary>
    public readonly ArrayView<float> X = x;

    /// <summary>Output, four numbers for each item.</summary>
    public readonly ArrayView<float> Y = y;

    public readonly ArrayView<int> Integers = integers;

    public readonly ArrayView<long> Longs = longs;

    public readonly ArrayView<double> Doubles = doubles;

    public readonly Extents Extents = extents;

    public readonly bool Flag = flag;

    /// <summary>The item's number in the launch.</summary>
    public static int Index => Grid.IdxX * Group.DimX + Group.IdxX;
}
