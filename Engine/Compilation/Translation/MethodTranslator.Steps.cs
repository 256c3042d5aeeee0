using System.Reflection.Metadata;

namespace GpuKeras.Compilation;

/// <summary>The meaning of each IL instruction.</summary>
internal sealed partial class MethodTranslator
{
    private void Step(in IlInstruction i)
    {
        if (isUnsignedToFloat && i.Opcode is not (ILOpCode.Conv_r4 or ILOpCode.Conv_r8))
            throw translation.Failure.At("converts an unsigned number to an unknown precision", "cast it to float or double");
        if (StepNumbers(i) || StepVariables(i) || StepMemory(i) || StepObjects(i))
            return;
        throw translation.Failure.At(Problem(i.Opcode), "kernels compute with numbers, structs of numbers, and views");
    }

    private bool StepNumbers(in IlInstruction i)
    {
        switch (i.Opcode)
        {
            case ILOpCode.Nop or ILOpCode.Break or ILOpCode.Volatile or ILOpCode.Unaligned or ILOpCode.Readonly or ILOpCode.Tail:
                return true;
            case ILOpCode.Dup:
                Push(stack[^1]);
                return true;
            case ILOpCode.Pop:
                Pop();
                return true;
            case ILOpCode.Ldc_i4:
                Push(Constant.Int32(i.Operand));
                return true;
            case ILOpCode.Ldc_i8:
                Push(Constant.Int64(i.Operand));
                return true;
            case ILOpCode.Ldc_r4:
                Push(new Constant(IrType.Float32, (int)i.Operand));
                return true;
            case ILOpCode.Ldc_r8:
                Push(new Constant(IrType.Float64, i.Operand));
                return true;
            case ILOpCode.Ldnull:
                Push(new UnusableValue("null"));
                return true;
            case ILOpCode.Ldstr:
                Push(new UnusableValue("a string, which devices do not have"));
                return true;
            case ILOpCode.Neg:
                Push(Code.Negate(PopScalar()));
                return true;
            case ILOpCode.Not:
                Push(Code.Not(PopScalar()));
                return true;
            case ILOpCode.Ceq:
                PushComparison(Comparison.Equal, unsigned: false);
                return true;
            case ILOpCode.Cgt or ILOpCode.Cgt_un:
                PushComparison(Comparison.Greater, i.Opcode == ILOpCode.Cgt_un);
                return true;
            case ILOpCode.Clt or ILOpCode.Clt_un:
                PushComparison(Comparison.Less, i.Opcode == ILOpCode.Clt_un);
                return true;
            case >= ILOpCode.Add and <= ILOpCode.Shr_un:
                PushArithmetic(i.Opcode);
                return true;
            default:
                return StepConversions(i);
        }
    }

    private bool StepVariables(in IlInstruction i)
    {
        switch (i.Opcode)
        {
            case ILOpCode.Ldarg or ILOpCode.Ldloc:
                var variable = il.Variable(i);
                Push(slots[variable] is { } slot ? Variables.Load(slot) : arguments[variable]);
                return true;
            case ILOpCode.Ldarga or ILOpCode.Ldloca:
                Push(new ReferenceValue(slots[il.Variable(i)]!));
                return true;
            case ILOpCode.Starg or ILOpCode.Stloc:
                Variables.Store(slots[il.Variable(i)]!, Pop());
                return true;
            default:
                return false;
        }
    }

    private void PushArithmetic(ILOpCode opcode)
    {
        var right = PopScalar();
        var left = PopScalar();
        var (operation, unsigned) = opcode switch
        {
            ILOpCode.Add => (Opcode.Add, false),
            ILOpCode.Sub => (Opcode.Subtract, false),
            ILOpCode.Mul => (Opcode.Multiply, false),
            ILOpCode.Div => (Opcode.Divide, false),
            ILOpCode.Div_un => (Opcode.Divide, true),
            ILOpCode.Rem => (Opcode.Remainder, false),
            ILOpCode.Rem_un => (Opcode.Remainder, true),
            ILOpCode.And => (Opcode.And, false),
            ILOpCode.Or => (Opcode.Or, false),
            ILOpCode.Xor => (Opcode.Xor, false),
            ILOpCode.Shl => (Opcode.ShiftLeft, false),
            ILOpCode.Shr => (Opcode.ShiftRight, false),
            _ => (Opcode.ShiftRight, true),
        };
        if (left.Type.IsPointer || right.Type.IsPointer)
            Push(PointerArithmetic(operation, left, right));
        else if (operation is Opcode.ShiftLeft or Opcode.ShiftRight)
            Push(Code.Binary(operation, left, Code.Convert(right, IrKind.Int32), unsigned));
        else
            Push(Unified(left, right, (a, b) => Code.Binary(operation, a, b, unsigned)));
    }

    private Value PointerArithmetic(Opcode operation, Value left, Value right)
    {
        return (operation, left.Type.IsPointer, right.Type.IsPointer) switch
        {
            (Opcode.Add, true, false) => Code.Offset(left, right),
            (Opcode.Add, false, true) => Code.Offset(right, left),
            (Opcode.Subtract, true, false) => Code.PointerAdd(left, Code.Negate(right), 1),
            (Opcode.Subtract, true, true) => Code.Define(Opcode.Subtract, IrType.Int64, left, right),
            _ => throw translation.Failure.At(
                $"computes with an address ({operation})", "addresses are only added to, subtracted and compared"),
        };
    }

    // Native integers may meet 32-bit ones, and pointers null.
    private Value Unified(Value a, Value b, Func<Value, Value, Value> use)
    {
        if (a.Type == b.Type || a.Type.IsPointer && b.Type.IsPointer)
            return use(a, b);
        if (a.Type.IsPointer)
            return use(a, b is Constant { Bits: 0 } ? Constant.Zero(a.Type) : b);
        if (b.Type.IsPointer)
            return use(a is Constant { Bits: 0 } ? Constant.Zero(b.Type) : a, b);
        var kind = a.Type.Kind > b.Type.Kind ? a.Type.Kind : b.Type.Kind;
        return use(Code.Convert(a, kind), Code.Convert(b, kind));
    }

    private void PushComparison(Comparison comparison, bool unsigned)
    {
        var right = Pop();
        var left = Pop();
        Push(CompareObjects(comparison, left, right)
            ?? Unified(Scalar(left), Scalar(right), (a, b) => Code.Compare(comparison, a, b, unsigned)));
    }

    // "x is not null" where x is a boxed value or a type: known at compile time.
    private static Constant? CompareObjects(Comparison comparison, StackValue left, StackValue right)
    {
        if (left is not (BoxedValue or TypeValue) || right is not UnusableValue)
            return null;
        return Constant.Int32(comparison == Comparison.Equal ? 0 : 1);
    }

    private static string Problem(ILOpCode opcode) => opcode switch
    {
        ILOpCode.Throw or ILOpCode.Rethrow => "throws an exception, which devices do not have",
        ILOpCode.Newarr or ILOpCode.Ldelem or ILOpCode.Ldlen or ILOpCode.Stelem or ILOpCode.Ldelema
            or (>= ILOpCode.Ldelem_i1 and <= ILOpCode.Stelem_ref) => "uses an array, which devices do not have",
        ILOpCode.Localloc => "uses stackalloc; use LocalMemory or RegisterArray",
        ILOpCode.Ldftn or ILOpCode.Ldvirtftn or ILOpCode.Calli => "uses a delegate or a function pointer, which devices do not have",
        >= ILOpCode.Conv_ovf_i1_un and <= ILOpCode.Conv_ovf_u_un or >= ILOpCode.Conv_ovf_i1 and <= ILOpCode.Conv_ovf_u8
            or ILOpCode.Conv_ovf_i or ILOpCode.Conv_ovf_u or (>= ILOpCode.Add_ovf and <= ILOpCode.Sub_ovf_un) =>
            "uses checked arithmetic, which devices do not have",
        ILOpCode.Stsfld => "writes a static field",
        _ => $"uses the IL instruction {opcode.ToString().ToLowerInvariant()}, which the kernel compiler does not know",
    };
}
