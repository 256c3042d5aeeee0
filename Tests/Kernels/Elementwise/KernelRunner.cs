using GpuKeras.Kernels.Elementwise;
using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Kernels.Elementwise;

/// <summary>Runs elementwise kernels on arrays.</summary>
internal static class KernelRunner
{
    public static T[] Map<TFunction, T>(TFunction function, T[] x)
        where TFunction : struct, IUnaryFunction
        where T : unmanaged
    {
        var (source, y) = (new HostArray<T>(x), new HostArray<T>(x.Length));
        new MapKernel<TFunction, T>(function, source.View, y.View).RunHost();
        return Finish(y, source);
    }

    public static T[] MapGradient<TFunction, T>(TFunction function, T[] x, T[] y, T[] dy)
        where TFunction : struct, IDifferentiableFunction
        where T : unmanaged
    {
        var (argument, value, upstream) = (new HostArray<T>(x), new HostArray<T>(y), new HostArray<T>(dy));
        var dx = new HostArray<T>(x.Length);
        new MapGradientKernel<TFunction, T>(function, argument.View, value.View, upstream.View, dx.View).RunHost();
        return Finish(dx, argument, value, upstream);
    }

    public static T[] Zip<TFunction, T>(TFunction function, T[] a, int[] shapeA, T[] b, int[] shapeB, int[] shape)
        where TFunction : struct, IBinaryFunction
        where T : unmanaged
    {
        var (first, second, y) = (new HostArray<T>(a), new HostArray<T>(b), new HostArray<T>(Count(shape)));
        new ZipKernel<TFunction, T>(function, new Broadcast(shape, shapeA, shapeB), first.View, second.View, y.View).RunHost();
        return Finish(y, first, second);
    }

    public static byte[] Compare<TFunction, T>(TFunction function, T[] a, int[] shapeA, T[] b, int[] shapeB, int[] shape)
        where TFunction : struct, IBinaryFunction
        where T : unmanaged
    {
        var (first, second, y) = (new HostArray<T>(a), new HostArray<T>(b), new HostArray<byte>(Count(shape)));
        new ComparisonKernel<TFunction, T>(function, new Broadcast(shape, shapeA, shapeB), first.View, second.View, y.View).RunHost();
        return Finish(y, first, second);
    }

    /// <summary>The result, after checking its guards; the operands stay alive until here, because a view holds no reference.</summary>
    public static T[] Finish<T>(HostArray<T> result, params object[] operands)
        where T : unmanaged
    {
        GC.KeepAlive(operands);
        result.AssertGuards();
        return result.Span.ToArray();
    }

    public static int Count(int[] shape) => shape.Aggregate(1, static (product, size) => product * size);

    public static float[] Random(int count, int seed, double low = -4, double high = 4)
    {
        var random = new Random(seed);
        var values = new float[count];
        for (var i = 0; i < count; i++)
            values[i] = (float)(low + (high - low) * random.NextDouble());
        return values;
    }
}
