namespace GpuKeras.Saving;

/// <summary>The names of element types in safetensors files.</summary>
internal static class SafetensorsTypes
{
    private static readonly (string Name, ElementEncoding Encoding)[] Known =
    [
        ("F32", new(ElementKind.Float, 4)),
        ("F64", new(ElementKind.Float, 8)),
        ("F16", new(ElementKind.Float, 2)),
        ("BF16", new(ElementKind.BrainFloat, 2)),
        ("I64", new(ElementKind.Signed, 8)),
        ("I32", new(ElementKind.Signed, 4)),
        ("I16", new(ElementKind.Signed, 2)),
        ("I8", new(ElementKind.Signed, 1)),
        ("U32", new(ElementKind.Unsigned, 4)),
        ("U16", new(ElementKind.Unsigned, 2)),
        ("U8", new(ElementKind.Unsigned, 1)),
        ("BOOL", new(ElementKind.Bool, 1)),
    ];

    /// <summary>The names of all types that can be read.</summary>
    public static string Names => string.Join(", ", Known.Select(static type => type.Name));

    /// <summary>The encoding with a name, or null.</summary>
    public static ElementEncoding? Find(string name)
    {
        foreach (var type in Known)
            if (type.Name == name)
                return type.Encoding;
        return null;
    }

    /// <summary>The name of the type in which a dtype is written.</summary>
    public static string NameOf(DType dtype)
    {
        var encoding = ElementEncoding.Of(dtype);
        return Array.Find(Known, type => type.Encoding == encoding).Name;
    }
}
