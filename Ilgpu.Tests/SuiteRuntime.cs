extern alias Ilgpu;

using Ilgpu::GpuKeras.Ilgpu;

namespace GpuKeras.Tests.Ilgpu;

/// <summary>ILGPU's devices, switched on as a program does.</summary>
internal static class SuiteRuntime
{
    /// <summary>The device that every machine has.</summary>
    public static Device Simulator
    {
        get
        {
            IlgpuDevices.Register();
            return Device.Get("ilgpu:cpu");
        }
    }
}
