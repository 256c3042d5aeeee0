namespace GpuKeras.Compilation;

/// <summary>Constants from objects: the values of static readonly fields.</summary>
internal static class StaticValues
{
    /// <summary>The value; null where devices cannot have it.</summary>
    public static StackValue? From(object? value, Type type)
    {
        if (value == null)
            return null;
        if (type.IsEnum)
            return From(Convert.ChangeType(value, type.GetEnumUnderlyingType(), null), type.GetEnumUnderlyingType());
        switch (value)
        {
            case float number:
                return Constant.Float32(number);
            case double number:
                return Constant.Float64(number);
            case bool truth:
                return Constant.Int32(truth ? 1 : 0);
            case char letter:
                return Constant.Int32(letter);
            case sbyte or byte or short or ushort or int:
                return Constant.Int32(Convert.ToInt64(value, null));
            case uint number:
                return Constant.Int32((int)number);
            case long number:
                return Constant.Int64(number);
            case ulong number:
                return Constant.Int64((long)number);
        }
        return PrimitiveTypes.IsStruct(type) && !StructShape.Of(type).IsInlineArray ? FromStruct(value, StructShape.Of(type)) : null;
    }

    private static StructValue? FromStruct(object value, StructShape shape)
    {
        var members = new StackValue[shape.Members.Length];
        for (var i = 0; i < members.Length; i++)
        {
            if (From(shape.GetValue(value, i), shape.Members[i].Type) is not { } member)
                return null;
            members[i] = member;
        }
        return new StructValue(shape, members);
    }
}
