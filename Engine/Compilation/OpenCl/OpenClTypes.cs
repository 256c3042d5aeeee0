using System.Globalization;

namespace GpuKeras.Compilation;

/// <summary>The names of types and the forms of constants in OpenCL C.</summary>
internal static class OpenClTypes
{
    /// <summary>A register's type.</summary>
    public static string Name(IrType type) => type.Kind switch
    {
        IrKind.Int32 => "int",
        IrKind.Int64 => "long",
        IrKind.Float32 => "float",
        IrKind.Float64 => "double",
        IrKind.Panel => "float16",
        _ => Space(type.Space) + " char*",
    };

    /// <summary>A register's type without its sign.</summary>
    public static string Unsigned(IrType type) => type.Kind == IrKind.Int64 ? "ulong" : "uint";

    /// <summary>The type of what lies in memory.</summary>
    public static string Memory(IrKind kind) => kind switch
    {
        IrKind.Int8 => "char",
        IrKind.UInt8 => "uchar",
        IrKind.Int16 => "short",
        IrKind.UInt16 or IrKind.Float16 or IrKind.BFloat16 => "ushort",
        _ => Name(new IrType(kind)),
    };

    /// <summary>The qualifiers of a pointer.</summary>
    public static string Space(AddressSpace space) => space switch
    {
        AddressSpace.Global => "__global",
        AddressSpace.Shared => "__local",
        AddressSpace.Local => "__private",
        AddressSpace.Parameter => "const __private",
        _ => "__constant",
    };

    /// <summary>A constant.</summary>
    public static string Literal(Constant constant) => constant.Type.Kind switch
    {
        IrKind.Int32 => constant.Bits == int.MinValue ? "(-2147483647 - 1)" : Signed(constant.Bits, ""),
        IrKind.Int64 => constant.Bits == long.MinValue ? "(-9223372036854775807L - 1)" : Signed(constant.Bits, "L"),
        IrKind.Float32 => Floating(constant, "f") ?? $"as_float(0x{(uint)constant.Bits:x8}u)",
        IrKind.Float64 => Floating(constant, "") ?? $"as_double(0x{constant.Bits:x16}ul)",
        IrKind.Panel => "(float16)(0.0f)",
        _ => $"({Name(constant.Type)}){constant.Bits}",
    };

    private static string Signed(long value, string suffix) => value < 0
        ? string.Create(CultureInfo.InvariantCulture, $"({value}{suffix})")
        : string.Create(CultureInfo.InvariantCulture, $"{value}{suffix}");

    // The shortest decimal number that reads back as the same bits.
    private static string? Floating(Constant constant, string suffix)
    {
        var number = constant.Number;
        if (!double.IsFinite(number) || double.IsNegative(number) && number == 0)
            return null;
        var text = constant.Type.Kind == IrKind.Float32
            ? ((float)number).ToString("R", CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture);
        if (!text.Contains('.', StringComparison.Ordinal) && !text.Contains('E', StringComparison.Ordinal))
            text += ".0";
        return number < 0 ? $"({text}{suffix})" : text + suffix;
    }
}
