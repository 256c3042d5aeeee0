namespace GpuKeras.Compilation;

/// <summary>What the IL evaluation stack, or a C# variable, holds while a method is translated.</summary>
internal abstract class StackValue
{
    /// <summary>Whether two values are known to be the same.</summary>
    public static bool IsSame(StackValue a, StackValue b) => ReferenceEquals(a, b) || (a, b) switch
    {
        (Constant x, Constant y) => x.IsSame(y),
        (ReferenceValue x, ReferenceValue y) => x.Slot == y.Slot,
        (TypeValue x, TypeValue y) => x.Type == y.Type,
        (BlockValue x, BlockValue y) => x.Address == y.Address,
        _ => false,
    };
}
