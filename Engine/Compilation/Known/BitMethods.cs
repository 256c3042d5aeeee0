using System.Numerics;

namespace GpuKeras.Compilation;

/// <summary>The bits of numbers.</summary>
internal static class BitMethods
{
    public static KnownMethod[] All { get; } =
    [
        .. new[]
        {
            "SingleToInt32Bits", "SingleToUInt32Bits", "Int32BitsToSingle", "UInt32BitsToSingle",
            "DoubleToInt64Bits", "DoubleToUInt64Bits", "Int64BitsToDouble", "UInt64BitsToDouble",
        }.Select(static name =>
            new KnownMethod(typeof(BitConverter), name, static call => call.Code.Bitcast(call.Scalar(0), call.ResultType))),
        new(typeof(BitOperations), nameof(BitOperations.PopCount), static call => Count(call, MathFunction.PopCount)),
        new(typeof(BitOperations), nameof(BitOperations.LeadingZeroCount), static call => Count(call, MathFunction.LeadingZeroCount)),
        new(typeof(BitOperations), nameof(BitOperations.TrailingZeroCount), static call => Count(call, MathFunction.TrailingZeroCount)),
        new(typeof(BitOperations), nameof(BitOperations.Log2), Log2),
        new(typeof(Math), nameof(Math.BigMul), BigMul),
        new(typeof(Half), "op_Explicit", Convert),
        new(typeof(Half), "op_Implicit", Convert),
    ];

    private static Value Count(KnownCall call, MathFunction function) =>
        call.Code.Math(function, IrType.Int32, unsigned: true, call.Scalar(0));

    private static Value Log2(KnownCall call)
    {
        var x = call.Scalar(0);
        var one = call.Code.Binary(Opcode.Or, x, new Constant(x.Type, 1));
        var zeros = call.Code.Math(MathFunction.LeadingZeroCount, IrType.Int32, unsigned: true, one);
        return call.Code.Binary(Opcode.Xor, zeros, Constant.Int32(x.Type.Kind == IrKind.Int64 ? 63 : 31));
    }

    private static StackValue BigMul(KnownCall call)
    {
        var (a, b) = (call.Scalar(0), call.Scalar(1));
        var unsigned = call.Method.GetParameters()[0].ParameterType is var type && (type == typeof(uint) || type == typeof(ulong));
        if (call.Arguments.Length == 2 && a.Type.Kind == IrKind.Int32)
        {
            return call.Code.Binary(
                Opcode.Multiply, call.Code.Convert(a, IrKind.Int64, unsigned), call.Code.Convert(b, IrKind.Int64, unsigned));
        }
        if (call.Arguments.Length == 2)
            throw call.Fail("makes a product of 128 bits", "use the overload with an out parameter");
        call.Caller.StoreAt(call.Arguments[2], call.Code.Binary(Opcode.Multiply, a, b), typeof(long));
        return call.Code.Math(MathFunction.MultiplyHigh, IrType.Int64, unsigned, a, b);
    }

    // A Half is in memory only: a float register holds it, rounded.
    private static Value Convert(KnownCall call)
    {
        var from = call.Method.GetParameters()[0].ParameterType;
        if (PrimitiveTypes.KindOf(from) is not { } kind || PrimitiveTypes.KindOf(call.Result) is not { } to)
            throw call.Fail($"converts {from.Name} to {call.Result.Name}", "convert by way of float");
        if (kind == IrKind.Float64 && to == IrKind.Float16)
            throw call.Fail("converts a double to a Half", "convert by way of float");
        var value = to == IrKind.Float16 ? call.Code.Convert(call.Scalar(0), IrKind.Float32) : call.Scalar(0);
        return call.Code.Convert(value, to);
    }
}
