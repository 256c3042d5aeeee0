namespace GpuKeras.Compilation;

/// <summary>Facts about <see cref="IrKind"/> values.</summary>
internal static class IrKinds
{
    /// <summary>The size in memory, in bytes.</summary>
    public static int SizeBytes(this IrKind kind) => kind switch
    {
        IrKind.Int8 or IrKind.UInt8 => 1,
        IrKind.Int16 or IrKind.UInt16 or IrKind.Float16 or IrKind.BFloat16 => 2,
        IrKind.Int32 or IrKind.Float32 => 4,
        IrKind.Panel => 64,
        _ => 8,
    };

    /// <summary>The type of the register that holds such a memory cell.</summary>
    public static IrType Register(this IrKind kind) => kind switch
    {
        IrKind.Int8 or IrKind.UInt8 or IrKind.Int16 or IrKind.UInt16 => IrType.Int32,
        IrKind.Float16 or IrKind.BFloat16 => IrType.Float32,
        _ => new IrType(kind),
    };

    /// <summary>Whether it is an integer below 32 bits.</summary>
    public static bool IsSmallInteger(this IrKind kind) => kind <= IrKind.UInt16;
}
