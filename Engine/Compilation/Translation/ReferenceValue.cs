namespace GpuKeras.Compilation;

/// <summary>The address of a C# variable, known at compile time.</summary>
internal sealed class ReferenceValue(Slot slot) : StackValue
{
    public Slot Slot { get; } = slot;
}
