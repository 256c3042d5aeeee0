namespace GpuKeras.Compilation;

/// <summary>The type of a register: Int32, Int64, Float32, Float64, Panel, or a pointer into an address space.</summary>
/// <param name="Kind">What the register holds.</param>
/// <param name="Space">Where a pointer points; Global for everything else.</param>
internal readonly record struct IrType(IrKind Kind, AddressSpace Space = AddressSpace.Global)
{
    public static readonly IrType Int32 = new(IrKind.Int32);
    public static readonly IrType Int64 = new(IrKind.Int64);
    public static readonly IrType Float32 = new(IrKind.Float32);
    public static readonly IrType Float64 = new(IrKind.Float64);
    public static readonly IrType Panel = new(IrKind.Panel);

    /// <summary>Whether it is Float32 or Float64.</summary>
    public bool IsFloat => Kind is IrKind.Float32 or IrKind.Float64;

    /// <summary>Whether it is Int32 or Int64.</summary>
    public bool IsInteger => Kind is IrKind.Int32 or IrKind.Int64;

    /// <summary>Whether it is an address.</summary>
    public bool IsPointer => Kind == IrKind.Pointer;

    /// <summary>An address in one space.</summary>
    public static IrType Pointer(AddressSpace space) => new(IrKind.Pointer, space);

    /// <inheritdoc/>
    public override string ToString() => IsPointer ? $"{Space}*" : Kind.ToString();
}
