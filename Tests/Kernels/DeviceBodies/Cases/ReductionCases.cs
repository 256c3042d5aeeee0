namespace GpuKeras.Tests.Kernels.DeviceBodies.Cases;

public static partial class ReductionCases
{
    public static IEnumerable<KernelCase> All => [.. Rows, .. Reduce, .. Others];
}
