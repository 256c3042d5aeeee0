using System.Reflection;
using GpuKeras.Kernels;

namespace GpuKeras.Compilation;

/// <summary>Translates a kernel's body: its arguments, the check of the index, and the method.</summary>
internal sealed class BodyTranslator(Translation translation)
{
    private readonly KernelFunction function = translation.Function;
    private readonly CodeBuilder code = translation.Code;

    /// <summary>Translates the body into the function.</summary>
    public void Translate(MethodInfo body)
    {
        var parameters = body.GetParameters();
        translation.At(new(body, 0));
        if (!body.IsStatic || body.ReturnType != typeof(void) || parameters.Length != (function.IsIndexed ? 2 : 1))
        {
            throw translation.Failure.At(
                "is not a static void method of an argument struct, or of an Index1D and an argument struct",
                "give the launcher a static method, not a lambda that captures something");
        }
        StackValue argument = Argument(parameters[^1].ParameterType, 0);
        StackValue[] arguments = function.IsIndexed ? [Index(), argument] : [argument];
        MethodTranslator.Inline(translation, body, arguments, 1);
        code.Add(Opcode.Return);
        // The count is the last argument.
        var count = function.Arguments.FindIndex(static argument => argument.Kind == ArgumentKind.Count);
        if (count < 0)
            return;
        function.Arguments.Add(function.Arguments[count]);
        function.Arguments.RemoveAt(count);
    }

    // Items past the count leave at once.
    private StructValue Index()
    {
        var count = Add(ArgumentKind.Count, 0, sizeof(int), IrKind.Int32, IrType.Int32);
        var index = code.Special(SpecialRegister.GlobalIndex);
        var (inside, outside) = (code.NewBlock(), code.NewBlock());
        code.Add(new Instruction(Opcode.Branch, [], [index, count])
        {
            Comparison = Comparison.Less,
            Successors = [inside, outside],
            Source = code.Source,
        });
        code.Place(outside);
        code.Add(Opcode.Return);
        code.Place(inside);
        return new StructValue(StructShape.Of(typeof(Index1D)), [index]);
    }

    private StackValue Argument(Type type, int offset)
    {
        if (PrimitiveTypes.IsView(type))
            return View(type, offset);
        if (type.IsPointer || type.IsByRef || !type.IsValueType || PrimitiveTypes.IsRegisterArray(type) || type == typeof(FloatPanel))
            return new UnusableValue($"an argument of type {type.Name}, which stays on the host");
        if (PrimitiveTypes.KindOf(type) is { } kind)
            return Add(ArgumentKind.Value, offset, kind.SizeBytes(), kind, kind.Register());
        var shape = StructShape.Of(type);
        if (shape.IsInlineArray && Leaf(shape.Members[0].Type) is { } element)
        {
            return new BlockValue(
                Add(ArgumentKind.Block, offset, shape.SizeBytes, element, IrType.Pointer(AddressSpace.Parameter)), shape);
        }
        return new StructValue(shape, [.. shape.Members.Select(member => Argument(member.Type, offset + member.OffsetBytes))]);
    }

    private StructValue View(Type type, int offset)
    {
        var members = StructShape.Of(type).Members;
        var pointer = IrType.Pointer(AddressSpace.Global);
        var allocation = Add(ArgumentKind.Pointer, offset + members[0].OffsetBytes, sizeof(long), IrKind.Pointer, pointer);
        var start = Add(ArgumentKind.Value, offset + members[1].OffsetBytes, sizeof(long), IrKind.Int64, IrType.Int64);
        var length = Add(ArgumentKind.Value, offset + members[2].OffsetBytes, sizeof(long), IrKind.Int64, IrType.Int64);
        var size = PrimitiveTypes.SizeOf(type.GetGenericArguments()[0]);
        return ViewMethods.View(type, code.PointerAdd(allocation, start, size), length);
    }

    // The widest number among an element's fields decides how a block is aligned.
    private static IrKind? Leaf(Type type)
    {
        if (PrimitiveTypes.KindOf(type) is { } kind)
            return kind is IrKind.Pointer or IrKind.Panel ? null : kind;
        if (!type.IsValueType || PrimitiveTypes.IsView(type))
            return null;
        IrKind? widest = null;
        foreach (var member in StructShape.Of(type).Members)
        {
            if (Leaf(member.Type) is not { } leaf)
                return null;
            if (widest == null || leaf.SizeBytes() > widest.Value.SizeBytes())
                widest = leaf;
        }
        return widest;
    }

    private Register Add(ArgumentKind kind, int offset, int size, IrKind element, IrType type)
    {
        var register = code.NewRegister(type);
        function.Arguments.Add(new KernelArgument(kind, offset, size, element, register));
        return register;
    }
}
