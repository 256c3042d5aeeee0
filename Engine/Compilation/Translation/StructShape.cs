using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace GpuKeras.Compilation;

/// <summary>How a struct lies in .NET's memory. The elements of an InlineArray count as its members.</summary>
internal sealed class StructShape
{
    private static readonly ConcurrentDictionary<Type, StructShape> Cache = new();

    private readonly FieldInfo[] fields;

    private StructShape(Type type)
    {
        Type = type;
        // In the order of declaration; tokens are the same for all instantiations of a generic type.
        const BindingFlags all = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        fields = [.. type.GetFields(all).OrderBy(static field => field.MetadataToken)];
        SizeBytes = RuntimeHelpers.SizeOf(type.TypeHandle);
        var length = type.GetCustomAttribute<InlineArrayAttribute>()?.Length;
        IsInlineArray = length != null;
        Members = length is { } count
            ? [.. Enumerable.Range(0, count).Select(i => new StructMember(fields[0].FieldType, i * (SizeBytes / count)))]
            : [.. fields.Select(field => new StructMember(field.FieldType, OffsetOf(type, field)))];
    }

    /// <summary>The struct.</summary>
    public Type Type { get; }

    /// <summary>Its size.</summary>
    public int SizeBytes { get; }

    /// <summary>Its fields in order.</summary>
    public StructMember[] Members { get; }

    /// <summary>Whether it is an array of its members.</summary>
    public bool IsInlineArray { get; }

    /// <summary>The shape of a value type.</summary>
    public static StructShape Of(Type type) => Cache.GetOrAdd(type, static type => new StructShape(type));

    /// <summary>The number of a field.</summary>
    public int IndexOf(FieldInfo field) => Array.FindIndex(fields, f => f.MetadataToken == field.MetadataToken);

    /// <summary>The number of a field.</summary>
    public int IndexOf(string name) => Array.FindIndex(fields, f => f.Name == name);

    /// <summary>The value of a field of a boxed struct.</summary>
    public object? GetValue(object boxed, int member) => fields[member].GetValue(boxed);

    // Marshal.OffsetOf refuses generic structs and gives the native layout. Programs that were told to do without dynamic code, as those
    // in a single file are, can make no method that takes addresses either. So the struct lies in a box, and a typed reference, which
    // begins with what it refers to, leads to the field.
    private static unsafe int OffsetOf(Type type, FieldInfo field)
    {
        // Neither classes nor ref structs lie in a device's memory.
        if (!type.IsValueType || type.IsByRefLike)
            return 0;
        var boxType = typeof(StrongBox<>).MakeGenericType(type);
        var box = RuntimeHelpers.GetUninitializedObject(boxType);
        var reference = TypedReference.MakeTypedReference(box, [boxType.GetField("Value")!, field]);
#pragma warning disable CS8500 // It lies on the stack, and what it begins with is followed by the garbage collector.
        return (int)Unsafe.ByteOffset(ref Unsafe.As<StrongBox<byte>>(box).Value, ref **(byte**)&reference);
#pragma warning restore CS8500
    }
}
