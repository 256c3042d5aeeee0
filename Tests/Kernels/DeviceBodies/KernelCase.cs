namespace GpuKeras.Tests.Kernels.DeviceBodies;

/// <summary>One kernel with small arguments, which every device body runner runs beside the host body.</summary>
/// <param name="Name">What is special about the case.</param>
/// <param name="Run">Makes the arguments on a bench and runs the kernel there.</param>
public sealed record KernelCase(string Name, Action<KernelBench> Run)
{
    public override string ToString() => Name;
}
