namespace GpuKeras.Compilation;

/// <summary>A <see cref="GpuKeras.Kernels.RegisterArray{T}"/>.</summary>
internal sealed class RegisterArrayValue(Slot[] registers) : StackValue
{
    public Slot[] Registers { get; } = registers;
}
