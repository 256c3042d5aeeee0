using System.Runtime.InteropServices;
using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>What <c>GPUKERAS_VALIDATE=1</c> does: runs a kernel's host body on a copy of its memory, and compares what the device wrote.</summary>
internal sealed unsafe class LaunchValidation : IDisposable
{
    // Rounding differs with the order of sums: relative to the largest element of the result, and a little to that of any argument.
    private const double ResultTolerance = 1e-4;
    private const double ArgumentTolerance = 1e-6;

    // TF32 rounds a factor by up to 2⁻¹¹ of it, bfloat16 by up to 2⁻⁸, which float32 sums of all but the longest rows are far from.
    private const double TensorFloatFactor = 64;
    private const double BFloatFactor = 512;

    private readonly CompiledDevice device;
    private readonly string kernel;
    private readonly KernelView[] views;
    private readonly Dictionary<nint, (nint Memory, long Start, int Bytes)> copies = [];

    private double RoundingFactor => device.Profile.MatMulPrecision switch
    {
        MatMulPrecision.TensorFloat32 => TensorFloatFactor,
        MatMulPrecision.BFloat16 => BFloatFactor,
        _ => 1,
    };

    /// <summary>Copies a kernel's memory to the host, and runs its host body there.</summary>
    public LaunchValidation(CompiledDevice device, string kernel, IKernel arguments)
    {
        (this.device, this.kernel) = (device, kernel);
        views = KernelViews.In(arguments).Where(static view => view.Length > 0).ToArray();
        foreach (var allocation in views.GroupBy(static view => view.Handle))
        {
            var start = allocation.Min(static view => view.StartBytes);
            var bytes = checked((int)(allocation.Max(static view => view.StartBytes + view.SizeBytes) - start));
            var memory = (nint)NativeMemory.AlignedAlloc((nuint)bytes, 64);
            copies[allocation.Key] = (memory, start, bytes);
            device.Read(allocation.Key, start, new Span<byte>((void*)memory, bytes));
        }
        var onHost = (IKernel)KernelViews.Replace(
            arguments, handle => copies.TryGetValue(handle, out var copy) ? copy.Memory - (nint)copy.Start : 0);
        onHost.RunHost();
    }

    /// <summary>Waits for the device, and compares its memory with the host's.</summary>
    /// <exception cref="DeviceException">An element differs; the message names the worst.</exception>
    public void Compare()
    {
        var largest = views.Max(view => view.Length == 0 ? 0 : Largest(Numbers(view, HostBytes(view))));
        for (var i = 0; i < views.Length; i++)
        {
            var result = new byte[views[i].SizeBytes];
            device.Read(views[i].Handle, views[i].StartBytes, result);
            Compare(i, Numbers(views[i], HostBytes(views[i])), Numbers(views[i], result), largest);
        }
    }

    public void Dispose()
    {
        foreach (var (memory, _, _) in copies.Values)
            NativeMemory.AlignedFree((void*)memory);
    }

    private ReadOnlySpan<byte> HostBytes(in KernelView view)
    {
        var (memory, start, bytes) = copies[view.Handle];
        return new ReadOnlySpan<byte>((void*)memory, bytes).Slice((int)(view.StartBytes - start), (int)view.SizeBytes);
    }

    private void Compare(int view, double[] expected, double[] actual, double largestArgument)
    {
        var exact = views[view].Element != typeof(float) && views[view].Element != typeof(double);
        var tolerance = exact ? 0
            : (ResultTolerance * Largest(expected) + ArgumentTolerance * largestArgument)
                * RoundingFactor;
        var (worst, difference) = (-1, tolerance);
        for (var i = 0; i < expected.Length; i++)
        {
            // Equal values include infinities; a NaN on one side only is as wrong as can be.
            if (expected[i] == actual[i] || double.IsNaN(expected[i]) && double.IsNaN(actual[i]))
                continue;
            var distance = Math.Abs(expected[i] - actual[i]);
            if (double.IsNaN(distance))
                distance = double.PositiveInfinity;
            if (distance > difference)
                (worst, difference) = (i, distance);
        }
        if (worst >= 0)
            throw new DeviceException(FormattableString.Invariant(
                $"{device.Name}: kernel '{kernel}' differs from the host: argument {view}, element {worst} of {expected.Length} must be {expected[worst]:R} ± {tolerance:G3}; got {actual[worst]:R}. ") +
                "Hint: GPUKERAS_DUMP writes the generated code.");
    }

    private static double Largest(double[] values) =>
        values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();

    private static double[] Numbers(in KernelView view, ReadOnlySpan<byte> bytes)
    {
        if (view.Element == typeof(float))
            return Convert<float>(bytes, static value => value);
        if (view.Element == typeof(double))
            return Convert<double>(bytes, static value => value);
        if (view.Element == typeof(int))
            return Convert<int>(bytes, static value => value);
        return view.Element == typeof(long) ? Convert<long>(bytes, static value => value) : Convert<byte>(bytes, static value => value);
    }

    private static double[] Convert<T>(ReadOnlySpan<byte> bytes, Func<T, double> toDouble)
        where T : unmanaged
    {
        var values = MemoryMarshal.Cast<byte, T>(bytes);
        var numbers = new double[values.Length];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = toDouble(values[i]);
        return numbers;
    }
}
