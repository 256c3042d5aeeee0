using GpuKeras.Kernels;

namespace GpuKeras.Tests.Kernels.DeviceMathTests;

/// <summary>z[i] = f(x[i], y[i]): the same C# on the host and on a device.</summary>
public readonly struct ScalarFunctionKernel<T, TFunction>(ArrayView<T> x, ArrayView<T> y, ArrayView<T> z) : IKernel
    where T : unmanaged
    where TFunction : struct, IScalarFunction<T>
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> y = y;
    private readonly ArrayView<T> z = z;

    public static string Name => "scalar_function";

    public void RunHost()
    {
        for (var i = 0; i < z.Length; i++)
            z[i] = TFunction.Value(x[i], y[i]);
    }

    public void RunDevice(ILauncher launcher) => launcher.Launch(z.Length, Element, this);

    private static void Element(Index1D i, ScalarFunctionKernel<T, TFunction> kernel) =>
        kernel.z[i] = TFunction.Value(kernel.x[i], kernel.y[i]);
}
