namespace GpuKeras.Compilation;

/// <summary>The PTX names of types.</summary>
internal static class PtxTypes
{
    /// <summary>The type that a register is declared with. Shared memory is addressed by 32 bits, other memory by 64.</summary>
    public static string Register(IrType type) => type.Kind switch
    {
        IrKind.Int32 => "b32",
        IrKind.Int64 => "b64",
        IrKind.Float32 => "f32",
        IrKind.Float64 => "f64",
        IrKind.Pointer => type.Space == AddressSpace.Shared ? "b32" : "b64",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary>The type of arithmetic on a register.</summary>
    public static string Arithmetic(IrType type, bool unsigned = false)
    {
        var register = Register(type);
        return register[0] == 'b' ? (unsigned ? 'u' : 's') + register[1..] : register;
    }

    /// <summary>The type of a memory cell; those of 16-bit floats are bits.</summary>
    public static string Memory(IrKind kind) => kind switch
    {
        IrKind.Int8 => "s8",
        IrKind.UInt8 => "u8",
        IrKind.Int16 => "s16",
        IrKind.UInt16 => "u16",
        IrKind.Float16 or IrKind.BFloat16 => "b16",
        _ => Register(new IrType(kind)),
    };

    /// <summary>The name of a state space.</summary>
    public static string Space(AddressSpace space) => space switch
    {
        AddressSpace.Global => "global",
        AddressSpace.Shared => "shared",
        AddressSpace.Local => "local",
        AddressSpace.Parameter => "param",
        _ => "const",
    };

    /// <summary>The prefix of the registers of a declared type.</summary>
    public static string Prefix(string type) => type switch
    {
        "pred" => "%p",
        "b16" => "%h",
        "b32" => "%r",
        "b64" => "%rd",
        "f32" => "%f",
        _ => "%fd",
    };
}
