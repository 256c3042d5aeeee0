using GpuKeras.Kernels.Elementwise;

namespace GpuKeras.Tests.Kernels.Elementwise;

/// <summary>Runs elementwise kernels on arrays.</summary>
internal static class KernelRunner
{
    public static T[] Map<TFunction, T>(TFunction function, T[] x)
        where TFunction : struct, IUnaryFunction
        where T : unmanaged
    {
        var y = new HostArray<T>(x.Length);
        new MapKernel<TFunction, T>(function, new HostArray<T>(x).View, y.View).RunHost();
        return y.ToArray();
    }

    public static T[] MapGradient<TFunction, T>(TFunction function, T[] x, T[] y, T[] dy)
        where TFunction : struct, IDifferentiableFunction
        where T : unmanaged
    {
        var dx = new HostArray<T>(x.Length);
        new MapGradientKernel<TFunction, T>(
            function, new HostArray<T>(x).View, new HostArray<T>(y).View, new HostArray<T>(dy).View, dx.View).RunHost();
        return dx.ToArray();
    }

    public static T[] Zip<TFunction, T>(TFunction function, T[] a, int[] shapeA, T[] b, int[] shapeB, int[] shape)
        where TFunction : struct, IBinaryFunction
        where T : unmanaged
    {
        var y = new HostArray<T>(Count(shape));
        var plan = new Broadcast(shape, shapeA, shapeB);
        new ZipKernel<TFunction, T>(function, plan, new HostArray<T>(a).View, new HostArray<T>(b).View, y.View).RunHost();
        return y.ToArray();
    }

    public static byte[] Compare<TFunction, T>(TFunction function, T[] a, int[] shapeA, T[] b, int[] shapeB, int[] shape)
        where TFunction : struct, IBinaryFunction
        where T : unmanaged
    {
        var y = new HostArray<byte>(Count(shape));
        var plan = new Broadcast(shape, shapeA, shapeB);
        new ComparisonKernel<TFunction, T>(function, plan, new HostArray<T>(a).View, new HostArray<T>(b).View, y.View).RunHost();
        return y.ToArray();
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
