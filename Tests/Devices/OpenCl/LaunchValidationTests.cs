using GpuKeras.Kernels;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Devices.OpenCl;

/// <summary>What GPUKERAS_VALIDATE=1 does with a kernel whose bodies agree, and with one whose bodies do not.</summary>
[NonParallelizable]
public class LaunchValidationTests
{
    // Without a device the test is ignored here: in an assertion it would be an exception of the wrong type.
    [SetUp]
    public void RequireDevice() => _ = TestDevices.OpenCl;

    [TestCase(0f)]
    [TestCase(1e-6f)]
    public void BodiesThatAgree_Pass(float error) => Assert.That(() => Validate(error), Throws.Nothing);

    [TestCase(0.5f)]
    [TestCase(float.NaN)]
    public void BodiesThatDiffer_AreAnErrorThatNamesTheElementAndBothValues(float error) =>
        Assert.That(
            () => Validate(error),
            Throws.InstanceOf<DeviceException>().With.Message.Contains("'shifted'").And.Message.Contains("argument 1, element 2 of 3")
                .And.Message.Contains("must be 6").And.Message.Contains(FormattableString.Invariant($"got {6 + error}")));

    private static void Validate(float error)
    {
        var device = (OpenClDevice)TestDevices.OpenCl;
        using var selection = Device.Use(device.Name);
        var (x, y) = (Tensor.From<float>(0, 1, 2, 3), Tensor.Zeros([3]));
        var kernel = new ShiftedKernel(x.View<float>().SubView(1, 3), y.View<float>(), error);
        using var validation = new LaunchValidation(device, ShiftedKernel.Name, kernel);
        device.Run(kernel);
        validation.Compare();
    }

    // y[i] = 2 · x[i]; the device's last element is wrong by error.
    private readonly struct ShiftedKernel(ArrayView<float> x, ArrayView<float> y, float error) : IKernel
    {
        private readonly ArrayView<float> x = x;
        private readonly ArrayView<float> y = y;
        private readonly float error = error;

        public static string Name => "shifted";

        public void RunHost()
        {
            for (var i = 0; i < y.IntLength; i++)
                y[i] = 2 * x[i];
        }

        public void RunDevice(ILauncher launcher) => launcher.Launch(y.Length, Element, this);

        private static void Element(Index1D i, ShiftedKernel kernel) =>
            kernel.y[i] = 2 * kernel.x[i] + (i == 2 ? kernel.error : 0);
    }
}
