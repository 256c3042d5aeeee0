namespace GpuKeras.Compilation;

// The exact remainder of floating-point numbers, which PTX lacks.
internal sealed partial class PtxEmitter
{
    private const string SignBit = "0x8000000000000000";
    private const string FractionBits = "0x000FFFFFFFFFFFFF";
    private const string FirstBit = "0x0010000000000000";

    /// <summary>Long division in binary, of Float64's bits; a Float32 remainder is exact in Float64.</summary>
    private void EmitFloatRemainder(IrType type, string target, Value a, Value b)
    {
        if (type.Kind == IrKind.Float64)
        {
            EmitFloat64Remainder(target, InRegister(a), InRegister(b));
            return;
        }
        var (x, y) = (NewRegister("f64"), NewRegister("f64"));
        Line($"cvt.f64.f32 {x}, {InRegister(a)};");
        Line($"cvt.f64.f32 {y}, {InRegister(b)};");
        EmitFloat64Remainder(x, x, y);
        Line($"cvt.rn.f32.f64 {target}, {x};");
    }

    private void EmitFloat64Remainder(string target, string a, string b)
    {
        var (x, y, sign, result) = (NewRegister("b64"), NewRegister("b64"), NewRegister("b64"), NewRegister("f64"));
        var (p, q) = (NewRegister("pred"), NewRegister("pred"));
        var (end, loop, last) = (NewLabel(), NewLabel(), NewLabel());
        // NaN for infinite a, zero b, or a NaN; a itself where |a| < |b|.
        Line($"mov.b64 {x}, {a};");
        Line($"and.b64 {sign}, {x}, {SignBit};");
        Line($"abs.f64 {result}, {b};");
        Line($"mov.b64 {y}, {result};");
        Line($"xor.b64 {x}, {x}, {sign};");
        Line($"mov.f64 {result}, 0d7FF8000000000000;");
        Line($"setp.ge.u64 {p}, {x}, 0x7FF0000000000000;");
        Line($"@{p} bra {end};");
        Line($"setp.gt.u64 {p}, {y}, 0x7FF0000000000000;");
        Line($"@{p} bra {end};");
        Line($"setp.eq.b64 {p}, {y}, 0;");
        Line($"@{p} bra {end};");
        Line($"mov.f64 {result}, {a};");
        Line($"setp.lt.u64 {p}, {x}, {y};");
        Line($"@{p} bra {end};");
        var (exponentX, exponentY, difference) = (EmitSplit(x), EmitSplit(y), NewRegister("b64"));
        code.Append(loop).Append(":\n");
        Line($"sub.s64 {difference}, {x}, {y};");
        Line($"setp.ge.s64 {p}, {difference}, 0;");
        Line($"@{p} mov.b64 {x}, {difference};");
        Line($"setp.le.s32 {q}, {exponentX}, {exponentY};");
        Line($"@{q} bra {last};");
        Line($"shl.b64 {x}, {x}, 1;");
        Line($"sub.s32 {exponentX}, {exponentX}, 1;");
        Line($"bra {loop};");
        code.Append(last).Append(":\n");
        EmitJoin(x, exponentX);
        Line($"or.b64 {x}, {x}, {sign};");
        Line($"mov.b64 {result}, {x};");
        code.Append(end).Append(":\n");
        Line($"mov.f64 {target}, {result};");
    }

    // Leaves the fraction with its first bit at 52, and gives the exponent.
    private string EmitSplit(string bits)
    {
        var (wide, exponent, shift, p) = (NewRegister("b64"), NewRegister("b32"), NewRegister("b32"), NewRegister("pred"));
        Line($"shr.u64 {wide}, {bits}, 52;");
        Line($"cvt.u32.u64 {exponent}, {wide};");
        Line($"and.b64 {bits}, {bits}, {FractionBits};");
        Line($"setp.ne.s32 {p}, {exponent}, 0;");
        Line($"@{p} or.b64 {bits}, {bits}, {FirstBit};");
        Line($"clz.b64 {shift}, {bits};");
        Line($"sub.s32 {shift}, {shift}, 11;");
        Line($"shl.b64 {bits}, {bits}, {shift};");
        Line($"@!{p} sub.s32 {exponent}, 1, {shift};");
        return exponent;
    }

    // The inverse, of a fraction with its first bit at 52 or below; of 0 too.
    private void EmitJoin(string bits, string exponent)
    {
        var (shift, p, wide) = (NewRegister("b32"), NewRegister("pred"), NewRegister("b64"));
        var end = NewLabel();
        Line($"setp.eq.b64 {p}, {bits}, 0;");
        Line($"@{p} bra {end};");
        Line($"clz.b64 {shift}, {bits};");
        Line($"sub.s32 {shift}, {shift}, 11;");
        Line($"shl.b64 {bits}, {bits}, {shift};");
        Line($"sub.s32 {exponent}, {exponent}, {shift};");
        Line($"setp.gt.s32 {p}, {exponent}, 0;");
        Line($"@{p} cvt.u64.u32 {wide}, {exponent};");
        Line($"@{p} shl.b64 {wide}, {wide}, 52;");
        Line($"@{p} and.b64 {bits}, {bits}, {FractionBits};");
        Line($"@{p} or.b64 {bits}, {bits}, {wide};");
        Line($"sub.s32 {shift}, 1, {exponent};");
        Line($"@!{p} shr.u64 {bits}, {bits}, {shift};");
        code.Append(end).Append(":\n");
    }
}
