extern alias Ours;

using System.Reflection;
using System.Reflection.Emit;
using EngineKernels = Ours::GpuKeras.Kernels;

namespace GpuKeras.Ilgpu;

/// <summary>Makes a body's arguments into its twin's: the same numbers, and ILGPU's views of the same memory.</summary>
/// <typeparam name="TSource">The arguments of a body of GpuKeras.Kernels.</typeparam>
/// <typeparam name="TTarget">Those of its twin.</typeparam>
internal static class ArgumentConverter<TSource, TTarget>
    where TSource : struct
    where TTarget : struct
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly MethodInfo ViewOf = typeof(DeviceBuffer).GetMethod(nameof(DeviceBuffer.View))!;

    private static readonly Conversion Compiled = Compile();

    private delegate void Conversion(ref TSource source, ref TTarget target);

    /// <summary>The twin's arguments.</summary>
    public static void Convert(ref TSource source, out TTarget target)
    {
        target = default;
        Compiled(ref source, ref target);
    }

    private static Conversion Compile()
    {
        var method = new DynamicMethod(
            "Convert", typeof(void), [typeof(TSource).MakeByRefType(), typeof(TTarget).MakeByRefType()], typeof(DeviceBuffer).Module,
            skipVisibility: true);
        var il = method.GetILGenerator();
        Copy(il, typeof(TSource), typeof(TTarget), []);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Conversion>();
    }

    // The fields from the arguments down to the one that is copied.
    private static void Copy(ILGenerator il, Type source, Type target, IReadOnlyList<(FieldInfo Source, FieldInfo Target)> path)
    {
        if (HoldsViews(source) && !IsView(source))
        {
            foreach (var field in source.GetFields(Fields))
            {
                var twin = target.GetField(field.Name, Fields)!;
                Copy(il, field.FieldType, twin.FieldType, [.. path, (field, twin)]);
            }
            return;
        }
        il.Emit(OpCodes.Ldarg_1);
        foreach (var (_, field) in path)
            il.Emit(OpCodes.Ldflda, field);
        il.Emit(OpCodes.Ldarg_0);
        foreach (var (field, _) in path)
            il.Emit(OpCodes.Ldflda, field);
        if (IsView(source))
        {
            il.Emit(OpCodes.Ldobj, source);
            il.Emit(OpCodes.Call, ViewOf.MakeGenericMethod(source.GetGenericArguments()[0], target.GetGenericArguments()[0]));
        }
        else
        {
            // Without views both have the same layout, whatever their types are called.
            il.Emit(OpCodes.Ldobj, target);
        }
        il.Emit(OpCodes.Stobj, target);
    }

    private static bool IsView(Type type) => type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(EngineKernels.ArrayView<>);

    private static bool HoldsViews(Type type) =>
        IsView(type) || !type.IsPrimitive && !type.IsEnum && type.GetFields(Fields).Any(static field => HoldsViews(field.FieldType));
}
