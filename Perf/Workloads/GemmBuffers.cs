using System.Runtime.InteropServices;
using GpuKeras.Kernels;
using GpuKeras.Perf.Compare;

namespace GpuKeras.Perf.Workloads;

/// <summary>The matrices of a product in aligned host memory, with the same values each time.</summary>
internal sealed unsafe class GemmBuffers : IDisposable
{
    private const int AlignmentBytes = 64;

    public GemmBuffers(GemmProblem problem)
    {
        Problem = problem;
        A = Allocate((long)problem.Batch * problem.Rows * problem.Inner);
        B = Allocate((long)problem.Batch * problem.Inner * problem.Columns);
        C = Allocate((long)problem.Batch * problem.Rows * problem.Columns);
        TestValues.Fill(A.Span);
        TestValues.FillPositive(B.Span);
        C.Span.Fill(float.NaN);
    }

    public GemmProblem Problem { get; }

    public ArrayView<float> A { get; }

    public ArrayView<float> B { get; }

    public ArrayView<float> C { get; }

    /// <summary>The elements of C that are compared.</summary>
    public IReadOnlyList<double> Sample() => Evidence.SampleOf(C.Span);

    public void Dispose()
    {
        foreach (var view in new[] { A, B, C })
            NativeMemory.AlignedFree((void*)view.Handle);
    }

    private static ArrayView<float> Allocate(long length) =>
        new((nint)NativeMemory.AlignedAlloc((nuint)length * sizeof(float), AlignmentBytes), 0, length);
}
