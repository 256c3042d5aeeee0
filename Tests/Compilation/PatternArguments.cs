using GpuKeras.Kernels;

namespace GpuKeras.Tests.Compilation;

/// <summary>What every pattern works on: inputs, outputs, and structs that are passed by value.</summary>
public readonly struct PatternArguments(
    ArrayView<float> x, ArrayView<int> n, ArrayView<double> d, ArrayView<long> l, ArrayView<byte> b,
    ArrayView<float> y, ArrayView<int> m, ArrayView<double> e, ArrayView<long> k, Extents extents, bool flag, short offset, uint mask)
{
    public readonly ArrayView<float> X = x;
    public readonly ArrayView<int> N = n;
    public readonly ArrayView<double> D = d;
    public readonly ArrayView<long> L = l;
    public readonly ArrayView<byte> B = b;

    /// <summary>Outputs, one element for each item.</summary>
    public readonly ArrayView<float> Y = y;
    public readonly ArrayView<int> M = m;
    public readonly ArrayView<double> E = e;
    public readonly ArrayView<long> K = k;

    public readonly Extents Extents = extents;
    public readonly bool Flag = flag;
    public readonly short Offset = offset;
    public readonly uint Mask = mask;
}
