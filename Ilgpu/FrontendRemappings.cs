using System.Reflection;
using GpuKeras.Kernels;
using ILGPU.Frontend;
using ILGPU.Frontend.Intrinsic;
using ILGPU.IR.Values;

namespace GpuKeras.Ilgpu;

/// <summary>What ILGPU's compiler is to do with methods of .NET that it does not know.</summary>
/// <remarks>The list is ILGPU's own and the process's, so that other users of ILGPU in the process can use these methods, too.</remarks>
internal static class FrontendRemappings
{
    private static readonly Type[] Elements = [typeof(float), typeof(double), typeof(int), typeof(long), typeof(byte)];

    private static readonly Lazy<bool> Installed = new(static () =>
    {
        Constant(nameof(Target.IsSimulator), static () => false);
        Constant(nameof(Target.HasWarps), static () => hasWarps);
        Fused(typeof(MathF), typeof(float));
        Fused(typeof(Math), typeof(double));
        RemappedIntrinsics.AddRemapping(typeof(Type).GetMethod(nameof(Type.GetTypeFromHandle))!, TypeNumber);
        RemappedIntrinsics.AddRemapping(typeof(Type).GetMethod("op_Equality")!, AreEqual);
        foreach (var lane in new[] { typeof(ByteLane), typeof(Int32Lane), typeof(Int64Lane) })
            Unreachable(lane);
        foreach (var type in typeof(FrontendRemappings).Assembly.GetTypes().Where(static type => !type.ContainsGenericParameters))
            DeviceBodies(type);
        return true;
    });

    // Of the kernel that is being compiled; KernelBuilder compiles one at a time.
    private static volatile bool hasWarps;

    /// <summary>Whether the kernel that is compiled next is for a target whose warps ILGPU knows.</summary>
    public static bool HasWarps
    {
        set => hasWarps = value;
    }

    /// <summary>Adds them once.</summary>
    public static void Install() => _ = Installed.Value;

    private static void Constant(string property, Func<bool> value) => RemappedIntrinsics.AddRemapping(
        typeof(Target).GetProperty(property)!.GetMethod!,
        (ref InvocationContext context) => Become(
            ref context, context.Builder.CreatePrimitiveValue(context.Location, value()), Identity(typeof(bool))));

    private static void Fused(Type library, Type number)
    {
        var identity = Identity(number);
        RemappedIntrinsics.AddRemapping(
            library.GetMethod(nameof(Math.FusedMultiplyAdd), [number, number, number])!,
            (ref InvocationContext context) => Become(
                ref context,
                context.Builder.CreateArithmetic(context.Location, context[0], context[1], context[2], TernaryArithmeticKind.MultiplyAdd),
                identity));
    }

    // Operations check the dtype first; but ILGPU translates all of a kernel before it finds out what is never reached.
    private static void Unreachable(Type lane)
    {
        foreach (var name in new[] { "Sqrt", "Exp", "ExpM1", "Log", "Log1P", "Tanh", "Erf", "Sin", "Cos" })
            RemappedIntrinsics.AddRemapping(lane.GetMethod(name, [lane])!, (ref InvocationContext context) => context.Method = Identity(lane));
    }

    // What GpuKeras' own compiler calls in place of a method, ILGPU calls, too.
    private static void DeviceBodies(Type type)
    {
        foreach (var method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        {
            if (method.GetCustomAttribute<DeviceBodyAttribute>() is not { } attribute)
                continue;
            foreach (var constructed in method.IsGenericMethodDefinition ? Elements.Select(element => method.MakeGenericMethod(element)) : [method])
            {
                var body = Find(attribute.Type, constructed);
                RemappedIntrinsics.AddRemapping(constructed, (ref InvocationContext context) => context.Method = body);
            }
        }
    }

    private static MethodInfo Find(Type type, MethodInfo method) => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(other => other.Name == method.Name && other.IsGenericMethodDefinition == method.IsGenericMethod)
        .Select(other => method.IsGenericMethod ? other.MakeGenericMethod(method.GetGenericArguments()) : other)
        .First(other => other.GetParameters().Select(static parameter => parameter.ParameterType)
            .SequenceEqual(method.GetParameters().Select(static parameter => parameter.ParameterType)));

    // typeof(T) becomes a number of the type, and the comparison of two such numbers a constant.
    private static void TypeNumber(ref InvocationContext context)
    {
        var handle = (Type)context[0].ResolveAs<HandleValue>()!.Handle;
        Become(ref context, context.Builder.CreatePrimitiveValue(context.Location, handle.TypeHandle.Value.ToInt64()), Identity(typeof(long)));
    }

    private static void AreEqual(ref InvocationContext context) => Become(
        ref context,
        context.Builder.CreateCompare(context.Location, context[0], context[1], CompareKind.Equal),
        Identity(typeof(bool)));

    // A call can only be replaced by another call.
    private static void Become(ref InvocationContext context, ValueReference value, MethodInfo identity)
    {
        context.Arguments = ILGPU.Util.InlineList<ValueReference>.Create(value);
        context.Method = identity;
    }

    private static MethodInfo Identity(Type type) =>
        typeof(FrontendRemappings).GetMethod(nameof(Same), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type);

    private static T Same<T>(T value) => value;
}
