using System.Reflection;
using GpuKeras.Kernels;

namespace GpuKeras.Compilation;

/// <summary>Functions of numbers.</summary>
internal static class MathMethods
{
    private const string NoRounding = "use MidpointRounding.ToEven, ToZero, ToNegativeInfinity or ToPositiveInfinity as a constant";

    private static readonly MathFunction[] Exact =
    [
        MathFunction.Abs, MathFunction.Min, MathFunction.Max, MathFunction.Sqrt, MathFunction.Floor, MathFunction.Ceiling,
        MathFunction.Truncate, MathFunction.FusedMultiplyAdd, MathFunction.CopySign,
    ];

    public static KnownMethod[] All { get; } =
    [
        .. For(typeof(Math)),
        .. For(typeof(MathF)),
        .. new[] { typeof(float), typeof(double), typeof(int), typeof(long) }.SelectMany(static type => new KnownMethod[]
        {
            new(type, "Abs", static call => Write(call, MathFunction.Abs)),
            new(type, "Min", static call => Write(call, MathFunction.Min)),
            new(type, "Max", static call => Write(call, MathFunction.Max)),
        }),
    ];

    private static IEnumerable<KnownMethod> For(Type type)
    {
        foreach (var function in Exact)
            yield return new(type, function.ToString(), call => Write(call, function));
        for (var function = MathFunction.Exp; function <= MathFunction.Cbrt; function++)
        {
            var inexact = function;
            yield return new(type, function.ToString(), call => WriteInexact(call, inexact));
        }
        yield return new(type, "Round", Round);
        yield return new(type, "Clamp", Clamp);
        yield return new(type, "Sign", Sign);
    }

    private static StackValue Write(KnownCall call, MathFunction function)
    {
        var operands = Enumerable.Range(0, call.Arguments.Length).Select(call.Scalar).ToArray();
        var unsigned = IsUnsigned(call.Result);
        if (function is MathFunction.Min or MathFunction.Max && operands is [Constant a, Constant b] && a.Type.IsInteger)
            return ConstantFolding.Compare(Comparison.Less, a, b, unsigned) == (function == MathFunction.Min) ? a : b;
        return call.Code.Math(function, call.ResultType, unsigned, operands);
    }

    // A function that no device computes as .NET does is C# of the project's own, the same for every device, where there is one.
    private static StackValue? WriteInexact(KnownCall call, MathFunction function)
    {
        if (LibraryBody(call.Method) is { } body)
            return MethodTranslator.Inline(call.Translation, body, call.Arguments, call.Name);
        if (function == MathFunction.Log && call.Arguments.Length == 2)
            throw call.Fail("takes a logarithm to a base", "divide two logarithms");
        return Write(call, function);
    }

    private static MethodInfo? LibraryBody(MethodBase method) => typeof(Atomic).Assembly.GetType("GpuKeras.Kernels.DeviceMath")?.GetMethod(
        method.Name,
        BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic,
        [.. method.GetParameters().Select(static parameter => parameter.ParameterType)]);

    private static StackValue Round(KnownCall call)
    {
        if (call.Arguments.Length == 1)
            return Write(call, MathFunction.Round);
        if (call.Method.GetParameters()[1].ParameterType != typeof(MidpointRounding))
            throw call.Fail("rounds to digits", "multiply, round and divide");
        var function = (MidpointRounding)call.Constant(1, "the way of rounding").Bits switch
        {
            MidpointRounding.ToEven => MathFunction.Round,
            MidpointRounding.ToZero => MathFunction.Truncate,
            MidpointRounding.ToNegativeInfinity => MathFunction.Floor,
            MidpointRounding.ToPositiveInfinity => MathFunction.Ceiling,
            _ => throw call.Fail("rounds halves away from zero", NoRounding),
        };
        return call.Code.Math(function, call.ResultType, unsigned: false, call.Scalar(0));
    }

    // .NET: the limits win over a number beyond them, and a NaN stays.
    private static StackValue Clamp(KnownCall call)
    {
        var unsigned = IsUnsigned(call.Result);
        var atLeast = call.Code.Math(MathFunction.Max, call.ResultType, unsigned, call.Scalar(0), call.Scalar(1));
        return call.Code.Math(MathFunction.Min, call.ResultType, unsigned, atLeast, call.Scalar(2));
    }

    private static StackValue Sign(KnownCall call)
    {
        var x = call.Scalar(0);
        var zero = Constant.Zero(x.Type);
        var isPositive = call.Code.Compare(Comparison.Greater, x, zero);
        var isNegative = call.Code.Compare(Comparison.Less, x, zero);
        return call.Code.Binary(Opcode.Subtract, isPositive, isNegative);
    }

    private static bool IsUnsigned(Type type) =>
        type == typeof(byte) || type == typeof(ushort) || type == typeof(uint) || type == typeof(ulong) || type == typeof(nuint);
}
