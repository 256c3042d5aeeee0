using System.Reflection.Metadata;

namespace GpuKeras.Compilation;

/// <summary>Branches, switches and returns.</summary>
internal sealed partial class MethodTranslator
{
    private void Leave(in IlInstruction i)
    {
        switch (i.Opcode)
        {
            case ILOpCode.Ret:
                var end = EndBlock();
                Flow(end, isUnrolled: false);
                Code.Jump(end.Block);
                break;
            case ILOpCode.Br:
                Code.Jump(Edge((int)i.Operand));
                break;
            case ILOpCode.Brtrue or ILOpCode.Brfalse:
                var (taken, other) = i.Opcode == ILOpCode.Brtrue ? ((int)i.Operand, i.Next) : (i.Next, (int)i.Operand);
                LeaveIf(Truth(Pop()), taken, other);
                break;
            case ILOpCode.Switch:
                LeaveBySwitch(PopScalar(), i);
                break;
            default:
                LeaveByComparison(i);
                break;
        }
    }

    private Value Truth(StackValue value)
    {
        if (value is BoxedValue or TypeValue)
            return Constant.Int32(1);
        if (value is UnusableValue { Problem: "null" })
            return Constant.Int32(0);
        var scalar = Scalar(value);
        return Code.Compare(Comparison.NotEqual, scalar, Constant.Zero(scalar.Type));
    }

    private void LeaveByComparison(in IlInstruction i)
    {
        var (comparison, unsigned) = i.Opcode switch
        {
            ILOpCode.Beq => (Comparison.Equal, false),
            ILOpCode.Bne_un => (Comparison.NotEqual, false),
            ILOpCode.Bge => (Comparison.GreaterOrEqual, false),
            ILOpCode.Bgt => (Comparison.Greater, false),
            ILOpCode.Ble => (Comparison.LessOrEqual, false),
            ILOpCode.Blt => (Comparison.Less, false),
            ILOpCode.Bge_un => (Comparison.GreaterOrEqual, true),
            ILOpCode.Bgt_un => (Comparison.Greater, true),
            ILOpCode.Ble_un => (Comparison.LessOrEqual, true),
            _ => (Comparison.Less, true),
        };
        PushComparison(comparison, unsigned);
        LeaveIf(PopScalar(), (int)i.Operand, i.Next);
    }

    // The moves of the evaluation stack come before the branch, for both ways.
    private void LeaveIf(Value condition, int then, int otherwise)
    {
        if (condition is Constant known)
        {
            Code.Jump(Edge(known.Bits != 0 ? then : otherwise));
            return;
        }
        var (comparison, unsigned, operands) = condition is Register { Definition: { Opcode: Opcode.Compare } compare }
            ? (compare.Comparison, compare.Unsigned, compare.Operands)
            : (Comparison.NotEqual, false, [condition, Constant.Zero(condition.Type)]);
        var successors = new[] { Edge(then), Edge(otherwise) };
        if (successors[0] == successors[1])
        {
            Code.Jump(successors[0]);
            return;
        }
        Code.Add(new Instruction(Opcode.Branch, [], operands)
        {
            Comparison = comparison,
            Unsigned = unsigned,
            Successors = successors,
            Source = Code.Source,
        });
    }

    private void LeaveBySwitch(Value selector, in IlInstruction i)
    {
        var targets = i.Targets!;
        if (selector is Constant known)
        {
            Code.Jump(Edge((ulong)(uint)known.Bits < (ulong)targets.Length ? targets[known.Bits] : i.Next));
            return;
        }
        BasicBlock[] successors = [.. targets.Select(Edge), Edge(i.Next)];
        Code.Add(new Instruction(Opcode.Switch, [], [selector]) { Successors = successors, Source = Code.Source });
    }
}
