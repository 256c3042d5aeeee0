using GpuKeras.Ilgpu;

[assembly: IlgpuPlugin]

namespace GpuKeras.Ilgpu;

/// <summary>Devices on which ILGPU runs the kernels: <c>ilgpu:cuda:0</c>, <c>ilgpu:opencl:0</c>, <c>ilgpu:cpu</c>.</summary>
public static class IlgpuDevices
{
    /// <summary>
    /// Adds the devices to those that <see cref="Device.Get"/>, <see cref="Device.Use"/> and <c>GPUKERAS_DEVICE</c> know by name. A program
    /// calls it before its first tensor; <c>GPUKERAS_PLUGINS</c> does the same for programs that do not.
    /// </summary>
    public static void Register() => DeviceRegistry.Add(IlgpuSearch.Kinds);
}
