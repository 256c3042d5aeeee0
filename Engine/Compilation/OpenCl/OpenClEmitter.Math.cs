namespace GpuKeras.Compilation;

/// <summary>Conversions and functions of numbers.</summary>
internal sealed partial class OpenClEmitter
{
    private string Conversion(Instruction i)
    {
        var value = i.Operands[0];
        var text = Text(value);
        if (value.Type.IsFloat && i.Memory is IrKind.Int32 or IrKind.Int64)
            return FromFloat(i);
        switch (i.Memory)
        {
            case IrKind.Float16:
                helpers.Add(OpenClHelper.RoundHalf);
                return $"gk_round_half({text})";
            case IrKind.BFloat16:
                helpers.Add(OpenClHelper.RoundBFloat);
                return $"as_float(gk_bfloat_bits({text}) << 16)";
            default:
                return i.Unsigned && value.Type.IsInteger
                    ? $"({OpenClTypes.Memory(i.Memory)}){Unsigned(value)}"
                    : $"({OpenClTypes.Memory(i.Memory)}){text}";
        }
    }

    private string FromFloat(Instruction i)
    {
        var isDouble = i.Operands[0].Type.Kind == IrKind.Float64;
        var name = (i.Unsigned, i.Memory) switch
        {
            (false, IrKind.Int32) => isDouble ? OpenClHelper.IntOfDouble : OpenClHelper.IntOfFloat,
            (true, IrKind.Int32) => isDouble ? OpenClHelper.UIntOfDouble : OpenClHelper.UIntOfFloat,
            (false, _) => isDouble ? OpenClHelper.LongOfDouble : OpenClHelper.LongOfFloat,
            _ => isDouble ? OpenClHelper.ULongOfDouble : OpenClHelper.ULongOfFloat,
        };
        helpers.Add(name);
        var prefix = i.Unsigned ? "u" : "";
        var integer = i.Memory == IrKind.Int32 ? "int" : "long";
        return $"({integer})gk_{prefix}{integer}_of_{(isDouble ? "double" : "float")}({Text(i.Operands[0])})";
    }

    private string MathCall(Instruction i)
    {
        var (a, type) = (i.Operands[0], i.Operands[0].Type);
        var arguments = string.Join(", ", i.Operands.Select(Text));
        switch (i.Math)
        {
            case MathFunction.Abs:
                return type.IsInteger ? $"({OpenClTypes.Name(type)})abs({arguments})" : $"fabs({arguments})";
            case MathFunction.Min or MathFunction.Max when type.IsInteger:
                var operands = i.Unsigned ? string.Join(", ", i.Operands.Select(Unsigned)) : arguments;
                return $"({OpenClTypes.Name(type)}){(i.Math == MathFunction.Min ? "min" : "max")}({operands})";
            case MathFunction.Min or MathFunction.Max:
                return Extreme(i, type.Kind, arguments);
            case MathFunction.FloorModulo:
                helpers.Add(OpenClHelper.FloorModulo);
                return $"gk_floor_modulo({arguments})";
            case MathFunction.FromExponentBits:
                return $"as_float16(as_int16({arguments}) << 23)";
            case MathFunction.ToExponentBits:
                return $"as_float16(((as_int16({arguments}) >> 23) & 0xff) | 0x4b000000)";
            case MathFunction.FromMantissaBits:
                return $"as_float16((as_int16({arguments}) & 0x7fffff) | 0x3f800000)";
            case MathFunction.Ceiling:
                return $"ceil({arguments})";
            case MathFunction.Round:
                return $"rint({arguments})";
            case MathFunction.Truncate:
                return $"trunc({arguments})";
            case MathFunction.FusedMultiplyAdd:
                return $"fma({arguments})";
            case MathFunction.MultiplyHigh:
                return i.Unsigned
                    ? $"({OpenClTypes.Name(type)})mul_hi({string.Join(", ", i.Operands.Select(Unsigned))})"
                    : $"mul_hi({arguments})";
            case MathFunction.PopCount:
                return $"(int)popcount({arguments})";
            case MathFunction.LeadingZeroCount:
                return $"(int)clz({arguments})";
            case MathFunction.TrailingZeroCount:
                // The bits below the lowest one, counted.
                return $"(int)popcount(({OpenClTypes.Name(type)})(~{Unsigned(a)} & ({Unsigned(a)} - 1u)))";
            case MathFunction.RoundTf32 or MathFunction.PackBFloat16:
                throw Unsupported(i);
            default:
                return $"{i.Math.ToString().ToLowerInvariant()}({arguments})";
        }
    }

    private string Extreme(Instruction i, IrKind kind, string arguments)
    {
        var isMin = i.Math == MathFunction.Min;
        var (helper, suffix) = kind switch
        {
            IrKind.Float64 => (isMin ? OpenClHelper.MinimumDouble : OpenClHelper.MaximumDouble, "_double"),
            IrKind.Panel => (isMin ? OpenClHelper.MinimumPanel : OpenClHelper.MaximumPanel, "_panel"),
            _ => (isMin ? OpenClHelper.Minimum : OpenClHelper.Maximum, ""),
        };
        helpers.Add(helper);
        return $"gk_{(isMin ? "min" : "max")}{suffix}({arguments})";
    }
}
