using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies;

/// <summary>Somewhere a kernel can run: makes its arrays, runs it, and gives back what it wrote.</summary>
public abstract class KernelBench : IDisposable
{
    private readonly List<(Func<Array> Read, double Tolerance)> results = [];

    /// <summary>The type definitions of the kernels that ran.</summary>
    public HashSet<Type> Kernels { get; } = [];

    /// <summary>An array that the kernel only reads.</summary>
    public ArrayView<T> Input<T>(params ReadOnlySpan<T> values)
        where T : unmanaged => Allocate(values).View;

    /// <summary>An array that the kernel writes; it starts with ones.</summary>
    /// <param name="length">The number of elements.</param>
    /// <param name="tolerance">How far a result may lie from the host body's, relative to the larger of 1 and that.</param>
    public ArrayView<T> Output<T>(int length, double tolerance = 0)
        where T : unmanaged
    {
        var ones = new T[length];
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(ones.AsSpan()).Fill(1);
        return InOut(tolerance, ones);
    }

    /// <summary>An array that the kernel reads and writes.</summary>
    /// <param name="tolerance">How far a result may lie from the host body's, relative to the larger of 1 and that.</param>
    /// <param name="values">What it holds at first.</param>
    public ArrayView<T> InOut<T>(double tolerance, params ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var (view, read) = Allocate(values);
        results.Add((() => read(), tolerance));
        return view;
    }

    /// <summary>Runs a kernel whose arguments come from this bench.</summary>
    public void Run<TKernel>(in TKernel kernel)
        where TKernel : struct, IKernel
    {
        Kernels.Add(typeof(TKernel).IsGenericType ? typeof(TKernel).GetGenericTypeDefinition() : typeof(TKernel));
        Launch(kernel);
    }

    /// <summary>Fails where this bench's results differ from the other's.</summary>
    public void AssertEqual(KernelBench host) => AssertEqual(host, exactly: false);

    /// <summary>Fails where this bench's results differ from the other's by any bit of a number.</summary>
    public void AssertSame(KernelBench other) => AssertEqual(other, exactly: true);

    public virtual void Dispose() => GC.SuppressFinalize(this);

    protected abstract (ArrayView<T> View, Func<T[]> Read) Allocate<T>(ReadOnlySpan<T> values)
        where T : unmanaged;

    protected abstract void Launch<TKernel>(in TKernel kernel)
        where TKernel : struct, IKernel;

    private void AssertEqual(KernelBench host, bool exactly)
    {
        Assert.That(results, Is.Not.Empty, "the case has no output");
        for (var i = 0; i < results.Count; i++)
        {
            var (actual, expected) = (results[i].Read(), host.results[i].Read());
            for (var j = 0; j < expected.Length; j++)
                Compare(actual.GetValue(j)!, expected.GetValue(j)!, exactly ? 0 : results[i].Tolerance, $"result {i}, element {j} of {expected.Length}");
        }
    }

    private static void Compare(object actual, object expected, double tolerance, string what)
    {
        if (actual.Equals(expected))
            return;
        var (a, e) = (Convert.ToDouble(actual), Convert.ToDouble(expected));
        // Zeros of both signs are equal; so are all NaN.
        if (a == e || double.IsNaN(a) && double.IsNaN(e))
            return;
        Assert.That(tolerance > 0 && Math.Abs(a - e) <= tolerance * Math.Max(1, Math.Abs(e)), $"{what}: must be {e:R}; got {a:R}");
    }
}
