namespace GpuKeras.Compilation;

/// <summary>Arithmetic: folds constants and what does nothing.</summary>
internal sealed partial class CodeBuilder
{
    /// <summary>An operation on two numbers of one type; the second operand of a shift is Int32.</summary>
    public Value Binary(Opcode opcode, Value a, Value b, bool unsigned = false)
    {
        if (a is Constant x && b is Constant y && ConstantFolding.Binary(opcode, x, y, unsigned) is { } folded)
            return folded;
        if (a.Type.IsInteger && Simplify(opcode, a, b) is { } simple)
            return simple;
        return Define(a.Type, target => new(opcode, [target], [a, b]) { Unsigned = unsigned, Source = Source });
    }

    /// <summary>−a.</summary>
    public Value Negate(Value a) => a switch
    {
        Constant { Type.Kind: IrKind.Float32 } c => Constant.Float32(-(float)c.Number),
        Constant { Type.Kind: IrKind.Float64 } c => Constant.Float64(-c.Number),
        Constant { Type.Kind: IrKind.Int32 } c => Constant.Int32(-c.Bits, c.IsStatic),
        Constant c => Constant.Int64(-c.Bits, c.IsStatic),
        _ => Define(Opcode.Negate, a.Type, a),
    };

    /// <summary>~a.</summary>
    public Value Not(Value a) => a is Constant c ? new Constant(c.Type, ~c.Bits, c.IsStatic) : Define(Opcode.Not, a.Type, a);

    /// <summary>A number as another kind; the result is a register of that kind's.</summary>
    public Value Convert(Value a, IrKind to, bool unsigned = false)
    {
        if (a.Type.IsPointer || a.Type.Kind == to && to != IrKind.Float16)
            return a;
        if (a is Constant c && ConstantFolding.Convert(c, to, unsigned) is { } folded)
            return folded;
        if (a is Register { Definition: { Opcode: Opcode.Convert } inner })
        {
            // There and back again: the lower half of what was widened.
            if (to == IrKind.Int32 && inner.Memory == IrKind.Int64 && inner.Operands[0].Type.Kind == IrKind.Int32)
                return inner.Operands[0];
            if (to == inner.Memory && to.IsSmallInteger())
                return a;
            // What was exact in float64 is rounded once.
            if (to == IrKind.Float32 && inner.Memory == IrKind.Float64 && inner.Operands[0].Type.Kind is IrKind.Int32 or IrKind.Float32)
                return Convert(inner.Operands[0], to, inner.Unsigned);
        }
        // An argument's register holds what was passed, widened.
        if (to.IsSmallInteger() && function.Arguments.Exists(argument => argument.Register == a && argument.Element == to))
            return a;
        if (to.IsSmallInteger() && a is Register { Definition: { Opcode: Opcode.Load or Opcode.Compare } load }
            && (load.Opcode == Opcode.Compare || load.Memory == to))
        {
            return a;
        }
        return Define(to.Register(), target => new(Opcode.Convert, [target], [a]) { Memory = to, Unsigned = unsigned, Source = Source });
    }

    /// <summary>The same bits as another type.</summary>
    public Value Bitcast(Value a, IrType to)
    {
        if (a.Type == to)
            return a;
        if (a is Constant c)
            return new Constant(to, c.Bits);
        return a is Register { Definition: { Opcode: Opcode.Bitcast } inner } && inner.Operands[0].Type == to
            ? inner.Operands[0]
            : Define(Opcode.Bitcast, to, a);
    }

    /// <summary>A function of numbers.</summary>
    public Value Math(MathFunction function, IrType type, bool unsigned, params Value[] operands) =>
        Define(type, target => new(Opcode.Math, [target], operands) { Math = function, Unsigned = unsigned, Source = Source });

    /// <summary>1 where a relation holds, else 0.</summary>
    public Value Compare(Comparison comparison, Value a, Value b, bool unsigned = false)
    {
        if (a is Constant x && b is Constant y)
            return Constant.Int32(ConstantFolding.Compare(comparison, x, y, unsigned) ? 1 : 0);
        // A comparison of a truth value with false: the value or its opposite.
        if (b is Constant { Bits: 0, Type.Kind: IrKind.Int32 } && a is Register { Definition: { Opcode: Opcode.Compare } inner })
        {
            if (comparison == Comparison.NotEqual || comparison == Comparison.Greater)
                return a;
            if (comparison == Comparison.Equal)
            {
                var (opposite, negatedUnsigned) = Opposite(inner);
                return Compare(opposite, inner.Operands[0], inner.Operands[1], negatedUnsigned);
            }
        }
        return Define(IrType.Int32, target =>
            new(Opcode.Compare, [target], [a, b]) { Comparison = comparison, Unsigned = unsigned, Source = Source });
    }

    // The opposite of "less" is "greater, equal, or NaN".
    private static (Comparison Comparison, bool Unsigned) Opposite(Instruction compare)
    {
        var opposite = compare.Comparison switch
        {
            Comparison.Equal => Comparison.NotEqual,
            Comparison.NotEqual => Comparison.Equal,
            Comparison.Less => Comparison.GreaterOrEqual,
            Comparison.LessOrEqual => Comparison.Greater,
            Comparison.Greater => Comparison.LessOrEqual,
            _ => Comparison.Less,
        };
        return (opposite, compare.Operands[0].Type.IsFloat ? !compare.Unsigned : compare.Unsigned);
    }

    private static Value? Simplify(Opcode opcode, Value a, Value b)
    {
        // A constant goes second, where the operation does not care.
        if (a is Constant && (opcode is Opcode.Add or Opcode.Multiply or Opcode.And or Opcode.Or or Opcode.Xor))
            (a, b) = (b, a);
        if (b is not Constant c)
            return null;
        return (opcode, c.Bits) switch
        {
            (Opcode.Add or Opcode.Subtract or Opcode.Or or Opcode.Xor or Opcode.ShiftLeft or Opcode.ShiftRight, 0) => a,
            (Opcode.Multiply or Opcode.Divide, 1) => a,
            (Opcode.Multiply or Opcode.And, 0) => Constant.Zero(a.Type),
            (Opcode.And, -1) => a,
            (Opcode.Remainder, 1) => Constant.Zero(a.Type),
            _ => null,
        };
    }
}
