using System.Reflection;
using System.Runtime.CompilerServices;
using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>Finds the views in a kernel's arguments, however deep they lie. Slow: for checks and logs only.</summary>
internal static class KernelViews
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>The views of a struct, in the order of its fields.</summary>
    public static IEnumerable<KernelView> In(object arguments)
    {
        var type = arguments.GetType();
        if (IsView(type))
            return [Describe(arguments, type)];
        return arguments is Array array
            ? array.Cast<object>().SelectMany(In)
            : MayHoldViews(type) ? type.GetFields(Fields).SelectMany(field => In(field.GetValue(arguments)!)) : [];
    }

    /// <summary>A copy of a struct whose views have other handles.</summary>
    public static object Replace(object arguments, Func<nint, nint> handles)
    {
        var type = arguments.GetType();
        if (IsView(type))
        {
            var view = Describe(arguments, type);
            return Activator.CreateInstance(type, handles(view.Handle), view.Offset, view.Length)!;
        }
        if (arguments is Array array)
        {
            var copy = (Array)array.Clone();
            for (var i = 0; i < copy.Length; i++)
                copy.SetValue(Replace(copy.GetValue(i)!, handles), i);
            return copy;
        }
        if (!MayHoldViews(type))
            return arguments;
        var replaced = RuntimeHelpers.GetObjectValue(arguments)!;
        foreach (var field in type.GetFields(Fields))
            field.SetValue(replaced, Replace(field.GetValue(replaced)!, handles));
        return replaced;
    }

    private static bool IsView(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ArrayView<>);

    // Structs of this project; inline arrays hold numbers, and their one field stands for many.
    private static bool MayHoldViews(Type type) =>
        type is { IsValueType: true, IsPrimitive: false, IsEnum: false } && !type.IsDefined(typeof(InlineArrayAttribute)) &&
        type.Namespace?.StartsWith(nameof(GpuKeras), StringComparison.Ordinal) == true;

    private static KernelView Describe(object view, Type type)
    {
        T Get<T>(string name) => (T)type.GetProperty(name)!.GetValue(view)!;
        return new(Get<nint>("Handle"), Get<long>("Offset"), Get<long>("Length"), type.GetGenericArguments()[0]);
    }
}
