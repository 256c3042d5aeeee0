using GpuKeras.Compilation;
using GpuKeras.Tests.Support.Ptx;
using NUnit.Framework;
using static GpuKeras.Tests.Compilation.Ptx.PtxOperationCase;

namespace GpuKeras.Tests.Compilation.Ptx;

/// <summary>Each operation of the intermediate code, run as PTX, equals C# bit for bit; also at the edges of its types.</summary>
internal sealed class PtxOperationTests
{
    private static readonly PtxOperationCase[] Floats =
    [
        Of<float>(Opcode.Add, static (x, y) => x + y),
        Of<float>(Opcode.Subtract, static (x, y) => x - y),
        Of<float>(Opcode.Multiply, static (x, y) => x * y),
        Of<float>(Opcode.Divide, static (x, y) => x / y),
        Of<float>(Opcode.Remainder, static (x, y) => x % y),
        Of<float>(Opcode.Negate, static (x, _) => -x),
        Of<float, float>(MathFunction.Abs, static (x, _) => MathF.Abs(x), operands: 1),
        Of<float, float>(MathFunction.Min, MathF.Min),
        Of<float, float>(MathFunction.Max, MathF.Max),
        Of<float, float>(MathFunction.Sqrt, static (x, _) => MathF.Sqrt(x), operands: 1),
        Of<float, float>(MathFunction.Floor, static (x, _) => MathF.Floor(x), operands: 1),
        Of<float, float>(MathFunction.Ceiling, static (x, _) => MathF.Ceiling(x), operands: 1),
        Of<float, float>(MathFunction.Round, static (x, _) => MathF.Round(x), operands: 1),
        Of<float, float>(MathFunction.Truncate, static (x, _) => MathF.Truncate(x), operands: 1),
        Of<float, float>(MathFunction.CopySign, MathF.CopySign),
        Of<double>(Opcode.Add, static (x, y) => x + y),
        Of<double>(Opcode.Subtract, static (x, y) => x - y),
        Of<double>(Opcode.Multiply, static (x, y) => x * y),
        Of<double>(Opcode.Divide, static (x, y) => x / y),
        Of<double>(Opcode.Remainder, static (x, y) => x % y),
        Of<double>(Opcode.Negate, static (x, _) => -x),
        Of<double, double>(MathFunction.Abs, static (x, _) => Math.Abs(x), operands: 1),
        Of<double, double>(MathFunction.Min, Math.Min),
        Of<double, double>(MathFunction.Max, Math.Max),
        Of<double, double>(MathFunction.Sqrt, static (x, _) => Math.Sqrt(x), operands: 1),
        Of<double, double>(MathFunction.Floor, static (x, _) => Math.Floor(x), operands: 1),
        Of<double, double>(MathFunction.Round, static (x, _) => Math.Round(x), operands: 1),
        Of<double, double>(MathFunction.CopySign, Math.CopySign),
        Of("FusedMultiplyAdd",
            static (s, x, y) => s.Emit(Opcode.Math, x.Type, [x, y, x], math: MathFunction.FusedMultiplyAdd),
            static (float x, float y) => MathF.FusedMultiplyAdd(x, y, x)),
        Of("Product and sum",
            static (s, x, y) => s.Emit(Opcode.Add, x.Type, [s.Emit(Opcode.Multiply, x.Type, [x, y]), x]),
            static (float x, float y) => x * y + x),
    ];

    private static readonly PtxOperationCase[] Integers =
    [
        Of<int>(Opcode.Add, static (x, y) => x + y),
        Of<int>(Opcode.Subtract, static (x, y) => x - y),
        Of<int>(Opcode.Multiply, static (x, y) => x * y),
        Of<int>(Opcode.Divide, static (x, y) => x / y),
        Of<int>(Opcode.Divide, static (x, y) => (int)((uint)x / (uint)y), unsigned: true),
        Of<int>(Opcode.Remainder, static (x, y) => x % y),
        Of<int>(Opcode.Remainder, static (x, y) => (int)((uint)x % (uint)y), unsigned: true),
        Of<int>(Opcode.And, static (x, y) => x & y),
        Of<int>(Opcode.Or, static (x, y) => x | y),
        Of<int>(Opcode.Xor, static (x, y) => x ^ y),
        Of<int>(Opcode.Not, static (x, _) => ~x),
        Of<int>(Opcode.Negate, static (x, _) => -x),
        Of<int>(Opcode.ShiftLeft, static (x, y) => x << y),
        Of<int>(Opcode.ShiftRight, static (x, y) => x >> y),
        Of<int>(Opcode.ShiftRight, static (x, y) => x >>> y, unsigned: true),
        Of<int, int>(MathFunction.Min, Math.Min),
        Of<int, int>(MathFunction.Max, static (x, y) => (int)Math.Max((uint)x, (uint)y), unsigned: true),
        Of<int, int>(MathFunction.Abs, static (x, _) => x < 0 ? -x : x, operands: 1),
        Of<int, int>(MathFunction.MultiplyHigh, static (x, y) => (int)((long)x * y >> 32)),
        Of<int, int>(MathFunction.MultiplyHigh, static (x, y) => (int)((ulong)(uint)x * (uint)y >> 32), unsigned: true),
        Of<int, int>(MathFunction.PopCount, static (x, _) => int.PopCount(x), operands: 1),
        Of<int, int>(MathFunction.LeadingZeroCount, static (x, _) => int.LeadingZeroCount(x), operands: 1),
        Of<int, int>(MathFunction.TrailingZeroCount, static (x, _) => int.TrailingZeroCount(x), operands: 1),
        Of<long>(Opcode.Add, static (x, y) => x + y),
        Of<long>(Opcode.Subtract, static (x, y) => x - y),
        Of<long>(Opcode.Multiply, static (x, y) => x * y),
        Of<long>(Opcode.Divide, static (x, y) => x / y),
        Of<long>(Opcode.Remainder, static (x, y) => (long)((ulong)x % (ulong)y), unsigned: true),
        Of<long>(Opcode.Xor, static (x, y) => x ^ y),
        Of<long>(Opcode.Not, static (x, _) => ~x),
        Of<long>(Opcode.Negate, static (x, _) => -x),
        Of<long, long>(MathFunction.Min, Math.Min),
        Of<long, long>(MathFunction.Max, static (x, y) => (long)Math.Max((ulong)x, (ulong)y), unsigned: true),
        Of<long, long>(MathFunction.MultiplyHigh, static (x, y) => Math.BigMul(x, y, out _)),
        Of<long, long>(MathFunction.MultiplyHigh, static (x, y) => (long)Math.BigMul((ulong)x, (ulong)y, out _), unsigned: true),
        Of<long, int>(MathFunction.PopCount, static (x, _) => (int)long.PopCount(x), operands: 1),
        Of<long, int>(MathFunction.TrailingZeroCount, static (x, _) => (int)long.TrailingZeroCount(x), operands: 1),
        Of("Shift by a constant",
            static (s, x, _) => s.Emit(Opcode.ShiftRight, x.Type, [x, Constant.Int32(67)]),
            static (long x, long _) => x >> 67),
        Of("Wide product",
            static (s, x, y) => s.Emit(Opcode.Multiply, IrType.Int64, [Wide(s, x, false), Wide(s, y, false)]),
            static (int x, int y) => (long)x * y),
        Of("Wide unsigned product",
            static (s, x, y) => s.Emit(Opcode.Multiply, IrType.Int64, [Wide(s, x, true), Wide(s, y, true)]),
            static (int x, int y) => (long)((ulong)(uint)x * (uint)y)),
        Of("Mixed product",
            static (s, x, y) => s.Emit(Opcode.Multiply, IrType.Int64, [Wide(s, x, true), Wide(s, y, false)]),
            static (int x, int y) => (uint)x * (long)y),
        Of("Product with a constant",
            static (s, x, _) => s.Emit(Opcode.Multiply, IrType.Int64, [Wide(s, x, true), Constant.Int64(0xD2511F53)]),
            static (int x, int _) => (uint)x * 0xD2511F53L),
    ];

    private static readonly PtxOperationCase[] Comparisons =
    [
        Of<float>(Comparison.Equal, static (x, y) => x == y),
        Of<float>(Comparison.NotEqual, static (x, y) => x != y),
        Of<float>(Comparison.Less, static (x, y) => x < y),
        Of<float>(Comparison.LessOrEqual, static (x, y) => !(x > y), unsigned: true),
        Of<float>(Comparison.Greater, static (x, y) => !(x <= y), unsigned: true),
        Of<float>(Comparison.GreaterOrEqual, static (x, y) => x >= y),
        Of<double>(Comparison.LessOrEqual, static (x, y) => x <= y),
        Of<double>(Comparison.Less, static (x, y) => !(x >= y), unsigned: true),
        Of<int>(Comparison.Equal, static (x, y) => x == y),
        Of<int>(Comparison.Less, static (x, y) => x < y),
        Of<int>(Comparison.Less, static (x, y) => (uint)x < (uint)y, unsigned: true),
        Of<int>(Comparison.GreaterOrEqual, static (x, y) => (uint)x >= (uint)y, unsigned: true),
        Of<long>(Comparison.Greater, static (x, y) => x > y),
        Of<long>(Comparison.LessOrEqual, static (x, y) => (ulong)x <= (ulong)y, unsigned: true),
    ];

    private static readonly PtxOperationCase[] Conversions =
    [
        To<float, int>(IrKind.Int32, static x => (int)x),
        To<float, int>(IrKind.Int32, static x => (int)(uint)x, unsigned: true),
        To<float, long>(IrKind.Int64, static x => (long)x),
        To<float, long>(IrKind.Int64, static x => (long)(ulong)x, unsigned: true),
        To<float, int>(IrKind.UInt8, static x => (byte)(int)x),
        To<float, int>(IrKind.Int16, static x => (short)(int)x),
        To<float, double>(IrKind.Float64, static x => x),
        To<float, float>(IrKind.Float32, static x => x),
        To<float, float>(IrKind.Float16, static x => (float)(Half)x),
        To<float, float>(IrKind.BFloat16, BFloat16),
        To<double, int>(IrKind.Int32, static x => (int)x),
        To<double, int>(IrKind.Int32, static x => (int)(uint)x, unsigned: true),
        To<double, long>(IrKind.Int64, static x => (long)x),
        To<double, float>(IrKind.Float32, static x => (float)x),
        To<double, float>(IrKind.Float16, static x => (float)(Half)x),
        To<int, float>(IrKind.Float32, static x => x),
        To<int, float>(IrKind.Float32, static x => (uint)x, unsigned: true),
        To<int, double>(IrKind.Float64, static x => x),
        To<int, long>(IrKind.Int64, static x => x),
        To<int, long>(IrKind.Int64, static x => (uint)x, unsigned: true),
        To<int, int>(IrKind.Int8, static x => (sbyte)x),
        To<int, int>(IrKind.UInt8, static x => (byte)x),
        To<int, int>(IrKind.Int16, static x => (short)x),
        To<int, int>(IrKind.UInt16, static x => (ushort)x),
        To<long, int>(IrKind.Int32, static x => (int)x),
        To<long, int>(IrKind.Int8, static x => (sbyte)x),
        To<long, float>(IrKind.Float32, static x => x),
        To<long, float>(IrKind.Float32, static x => (ulong)x, unsigned: true),
        To<long, double>(IrKind.Float64, static x => x),
        Of("Bits",
            static (s, x, _) => s.Emit(Opcode.Bitcast, IrType.Int32, [x]),
            static (float x, float _) => BitConverter.SingleToInt32Bits(x)),
        Of("Bits",
            static (s, x, _) => s.Emit(Opcode.Bitcast, IrType.Float64, [x]),
            static (long x, long _) => BitConverter.Int64BitsToDouble(x)),
        Of("Stored as Half", static (_, x, _) => x, static (float x, float _) => (Half)x, IrKind.Float16),
        Of("Stored as byte", static (_, x, _) => x, static (int x, int _) => (byte)x, IrKind.UInt8),
        Of("Stored as short", static (_, x, _) => x, static (int x, int _) => (short)x, IrKind.Int16),
    ];

    [TestCaseSource(nameof(Floats))]
    [TestCaseSource(nameof(Integers))]
    [TestCaseSource(nameof(Comparisons))]
    [TestCaseSource(nameof(Conversions))]
    public void Operation_OnEveryArchitecture_EqualsCSharp(PtxOperationCase operation)
    {
        operation.Check(PtxEmitter.LeastTarget);
        operation.Check(PtxEmitter.Ampere);
    }

    private static Register Wide(IrSample sample, Register x, bool unsigned) =>
        sample.Emit(Opcode.Convert, IrType.Int64, [x], IrKind.Int64, unsigned);

    // To the nearest, halves to even; by exact arithmetic on the float's value rather than its bits.
    private static float BFloat16(float x)
    {
        if (!float.IsFinite(x) || x == 0)
            return x;
        var unit = Math.Max(Math.Pow(2, Math.Floor(Math.Log2(Math.Abs((double)x))) - 7), Math.Pow(2, -133));
        var rounded = Math.Round(x / unit) * unit;
        return Math.Abs(rounded) > 3.3895313892515355e38 ? float.CopySign(float.PositiveInfinity, x) : (float)rounded;
    }
}
