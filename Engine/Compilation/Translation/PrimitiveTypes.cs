using GpuKeras.Kernels;

namespace GpuKeras.Compilation;

/// <summary>Which .NET types fit in one register.</summary>
internal static class PrimitiveTypes
{
    /// <summary>What a type is in memory; null for structs and for types that devices do not have.</summary>
    public static IrKind? KindOf(Type type)
    {
        if (type.IsPointer || type.IsByRef)
            return IrKind.Pointer;
        if (type.IsEnum)
            type = type.GetEnumUnderlyingType();
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean or TypeCode.Byte => IrKind.UInt8,
            TypeCode.SByte => IrKind.Int8,
            TypeCode.Int16 => IrKind.Int16,
            TypeCode.UInt16 or TypeCode.Char => IrKind.UInt16,
            TypeCode.Int32 or TypeCode.UInt32 => IrKind.Int32,
            TypeCode.Int64 or TypeCode.UInt64 => IrKind.Int64,
            TypeCode.Single => IrKind.Float32,
            TypeCode.Double => IrKind.Float64,
            _ when type == typeof(nint) || type == typeof(nuint) => IrKind.Int64,
            _ when type == typeof(Half) => IrKind.Float16,
            _ when type == typeof(FloatPanel) => IrKind.Panel,
            _ => null,
        };
    }

    /// <summary>Whether a type is a struct that is taken apart into its fields.</summary>
    public static bool IsStruct(Type type) => type.IsValueType && KindOf(type) == null && !IsRegisterArray(type) && !IsSpan(type);

    /// <summary>Whether a type is <see cref="RegisterArray{T}"/>.</summary>
    public static bool IsRegisterArray(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(RegisterArray<>);

    /// <summary>Whether a type is a span.</summary>
    public static bool IsSpan(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() is var definition
        && (definition == typeof(Span<>) || definition == typeof(ReadOnlySpan<>));

    /// <summary>Whether a type is <see cref="ArrayView{T}"/>.</summary>
    public static bool IsView(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ArrayView<>);

    /// <summary>The size of an unmanaged type in memory.</summary>
    public static int SizeOf(Type type) => KindOf(type)?.SizeBytes() ?? StructShape.Of(type).SizeBytes;
}
