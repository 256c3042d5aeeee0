using System.Reflection;

namespace GpuKeras.Compilation;

/// <summary>Translates one call of a method in place: its IL with its arguments, on the caller's way.</summary>
internal sealed partial class MethodTranslator
{
    private const int MaxDepth = 100;

    private readonly Translation translation;
    private readonly IlMethod il;
    private readonly ulong frame;
    private readonly StackValue[] arguments;
    private readonly Slot?[] slots;
    private readonly List<StackValue> stack = [];

    private MethodTranslator(Translation translation, IlMethod il, StackValue[] arguments, ulong frame)
    {
        this.translation = translation;
        this.il = il;
        this.arguments = arguments;
        this.frame = frame;
        slots = new Slot?[il.Parameters.Length + il.Locals.Length];
    }

    private CodeBuilder Code => translation.Code;

    private Variables Variables => translation.Variables;

    private TranslationFacts Facts => translation.Facts;

    /// <summary>Translates a method in place, and gives what it returns.</summary>
    /// <param name="translation">The kernel.</param>
    /// <param name="method">The method.</param>
    /// <param name="arguments">Its arguments, <c>this</c> first.</param>
    /// <param name="frame">The call's name.</param>
    public static StackValue? Inline(Translation translation, MethodBase method, StackValue[] arguments, ulong frame)
    {
        var il = IlMethod.Of(method)
            ?? throw translation.Failure.At(
                $"calls {Failure.Name(method)}, which has no C# body and which devices do not have",
                "use what Kernels/Abstractions offers");
        if (il.HasExceptionHandlers)
        {
            throw translation.Failure.At(
                $"calls {Failure.Name(method)}, which has a try block", "devices have no exceptions; a foreach or using may hide one");
        }
        if (++translation.Depth > MaxDepth)
            throw translation.Failure.At($"calls {Failure.Name(method)} recursively", "write a loop");
        var (callLocation, callPath) = (translation.Code.Source, translation.Path);
        var result = new MethodTranslator(translation, il, arguments, frame).Translate();
        translation.Depth--;
        translation.Path = callPath;
        translation.At(callLocation);
        return result;
    }

    private StackValue? Translate()
    {
        for (var i = 0; i < slots.Length; i++)
        {
            if (i < arguments.Length && !il.IsStored[i] && !il.IsAddressTaken[i])
                continue;
            slots[i] = Variables.Declare(il.VariableType(i), SlotName.Combine(frame, i, 'v'));
            if (i < arguments.Length)
                Variables.Store(slots[i]!, arguments[i]);
        }
        var result = il.IsStraightLine ? TranslateLine() : TranslateBlocks();
        foreach (var slot in slots)
        {
            if (slot != null)
                Variables.Forget(slot);
        }
        return result;
    }

    private StackValue? TranslateLine()
    {
        foreach (ref readonly var instruction in il.Code.AsSpan())
        {
            translation.At(new(il.Method, instruction.Offset));
            if (instruction.Opcode == System.Reflection.Metadata.ILOpCode.Ret)
                break;
            Step(instruction);
        }
        return il.HasResult ? Pop() : null;
    }

    private StackValue Pop()
    {
        var value = stack[^1];
        stack.RemoveAt(stack.Count - 1);
        return value;
    }

    private Value PopScalar() => Scalar(Pop());

    private void Push(StackValue value) => stack.Add(value);

    private StackValue[] PopMany(int count)
    {
        var values = stack.GetRange(stack.Count - count, count).ToArray();
        stack.RemoveRange(stack.Count - count, count);
        return values;
    }

    private Value Scalar(StackValue value) => translation.Scalar(value);
}
