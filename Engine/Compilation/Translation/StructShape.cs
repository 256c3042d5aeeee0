using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
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
        (SizeBytes, var offsets) = Measure(type, fields);
        var length = type.GetCustomAttribute<InlineArrayAttribute>()?.Length;
        IsInlineArray = length != null;
        Members = length is { } count
            ? [.. Enumerable.Range(0, count).Select(i => new StructMember(fields[0].FieldType, i * (SizeBytes / count)))]
            : [.. fields.Select((field, i) => new StructMember(field.FieldType, offsets[i]))];
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

    // Marshal.OffsetOf refuses generic structs and gives the native layout: a method that subtracts addresses gives the managed one.
    private static (int Size, int[] Offsets) Measure(Type type, FieldInfo[] fields)
    {
        var method = new DynamicMethod("Measure", typeof(int), [typeof(int[])], typeof(StructShape).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        il.DeclareLocal(type);
        for (var i = 0; i < fields.Length; i++)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Ldloca_S, (byte)0);
            il.Emit(OpCodes.Ldflda, fields[i]);
            il.Emit(OpCodes.Conv_U);
            il.Emit(OpCodes.Ldloca_S, (byte)0);
            il.Emit(OpCodes.Conv_U);
            il.Emit(OpCodes.Sub);
            il.Emit(OpCodes.Conv_I4);
            il.Emit(OpCodes.Stelem_I4);
        }
        il.Emit(OpCodes.Sizeof, type);
        il.Emit(OpCodes.Ret);
        var offsets = new int[fields.Length];
        return (method.CreateDelegate<Func<int[], int>>()(offsets), offsets);
    }
}
