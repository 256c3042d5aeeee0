using System.Numerics;
using GpuKeras.Kernels.Linear;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.Linear;

/// <summary>The matrix product by its definition, in double precision.</summary>
internal static class MatMulReference
{
    /// <summary>Fails unless <paramref name="actual"/> is start + op(A) · op(B) to rounding.</summary>
    public static void AssertProduct<T>(
        ReadOnlySpan<T> a, ReadOnlySpan<T> b, Func<int, int, double> start, ReadOnlySpan<T> actual, MatMulSizes sizes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (m, n, k) = (sizes.Rows, sizes.Columns, sizes.Inner);
        var tolerance = Tolerance.For<T>(k);
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var sum = start(i, j);
                var magnitude = Math.Abs(sum);
                for (var p = 0; p < k; p++)
                {
                    var term = double.CreateChecked(a[sizes.TransposeA ? p * m + i : i * k + p])
                        * double.CreateChecked(b[sizes.TransposeB ? j * k + p : p * n + j]);
                    sum += term;
                    magnitude += Math.Abs(term);
                }
                var value = double.CreateChecked(actual[i * n + j]);
                if (!(Math.Abs(value - sum) <= tolerance * magnitude))
                    Assert.Fail($"C[{i}, {j}] of {sizes}: expected {sum:R}, got {value:R}");
            }
        }
    }
}
