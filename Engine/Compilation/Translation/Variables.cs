namespace GpuKeras.Compilation;

/// <summary>
/// The C# variables of a kernel. What a variable holds is known from the last assignment as long as the control flow does not join;
/// every assignment is also written to the variable's register, from which it is read where it is not known.
/// </summary>
internal sealed partial class Variables(CodeBuilder code, TranslationFacts facts, Failure failure)
{
    private readonly Dictionary<Value, Slot> readOnlyElements = [];

    /// <summary>What is known about variables at this point of the code. Structs are known by their fields.</summary>
    public Dictionary<Slot, StackValue> Known { get; set; } = [];

    /// <summary>The value of a new variable: zeros.</summary>
    public static StackValue Default(Type type)
    {
        if (PrimitiveTypes.KindOf(type) is { } kind)
            return Constant.Zero(kind == IrKind.Pointer ? IrType.Int64 : kind.Register());
        if (!PrimitiveTypes.IsStruct(type))
            return new UnusableValue($"a {type.Name} that is null");
        var shape = StructShape.Of(type);
        return new StructValue(shape, [.. shape.Members.Select(static member => Default(member.Type))]);
    }

    /// <summary>A new variable.</summary>
    public Slot Declare(Type type, ulong id)
    {
        var slot = new Slot(type, id);
        AllocateMemory(slot);
        return slot;
    }

    /// <summary>The variable's value.</summary>
    public StackValue Load(Slot slot)
    {
        if (Known.TryGetValue(slot, out var known))
            return known is AmbiguousValue ? LoadAmbiguous(slot) : known;
        if (Address(slot) is { } address)
            return code.Load(address, slot.Type);
        if (slot.Shape is { } shape)
            return new StructValue(shape, [.. Enumerable.Range(0, shape.Members.Length).Select(i => Load(Member(slot, i)))]);
        if (slot.Variable == null)
            return Default(slot.Type);
        var value = code.Define(Opcode.Move, slot.Variable.Type, slot.Variable);
        Known[slot] = value;
        return value;
    }

    /// <summary>Assigns the variable.</summary>
    public void Store(Slot slot, StackValue value)
    {
        if (Root(slot) is { } array && Known.TryGetValue(array, out var content) && array != slot)
            Expand(array, content);
        if (value is BlockValue block && (!slot.IsInlineArray || slot.Memory != null || facts.Expanded.Contains(slot.Id)))
            value = code.Load(block.Address, block.Shape.Type);
        if (Address(slot, memoryOnly: true) is { } address)
            code.Store(address, value, slot.Type);
        else if (value is StructValue { Members: var members })
            StoreMembers(slot, members);
        else if (value is Value scalar)
            StoreScalar(slot, scalar);
        else
            StoreOther(slot, value);
    }

    /// <summary>The place of a field.</summary>
    public Slot Member(Slot slot, int index)
    {
        var member = slot.Member(index);
        AllocateMemory(member);
        return member;
    }

    /// <summary>Drops what is known about a variable that will not be read again.</summary>
    public void Forget(Slot slot)
    {
        Known.Remove(slot);
        foreach (var member in slot.Members ?? [])
        {
            if (member != null)
                Forget(member);
        }
    }

    /// <summary>The address of an element of an InlineArray under a number that is known at run time only.</summary>
    public Value ElementAddress(Slot slot, Value index)
    {
        var scale = slot.Shape!.SizeBytes / slot.Shape.Members.Length;
        if (Known.GetValueOrDefault(slot) is BlockValue block && !facts.InMemory.Contains(slot.Id))
        {
            var element = code.PointerAdd(block.Address, index, scale);
            readOnlyElements[element] = slot;
            return element;
        }
        if (Address(slot) is { } address)
            return code.PointerAdd(address, index, scale);
        facts.InMemory.Add(slot.Id);
        facts.Changed = true;
        return Constant.Zero(IrType.Pointer(AddressSpace.Local));
    }

    /// <summary>Writes to an address.</summary>
    public void StoreAt(Value address, StackValue value, Type type)
    {
        if (value is BlockValue block)
            value = code.Load(block.Address, type);
        if (address.Type is { IsPointer: true, Space: AddressSpace.Parameter })
        {
            if (!readOnlyElements.TryGetValue(address, out var slot))
                throw failure.At("writes to an argument of the kernel", "copy it to a local variable first");
            facts.InMemory.Add(slot.Id);
            facts.Changed = true;
            return;
        }
        code.Store(address, value, type);
    }

    private void AllocateMemory(Slot slot)
    {
        if (slot is { IsInlineArray: true, Memory: null } && facts.InMemory.Contains(slot.Id))
            slot.Memory = code.NewArray(AddressSpace.Local, slot.Shape!.Members[0].Type, slot.Shape.Members.Length, slot.Id);
    }

    // The InlineArray that a variable is, or is a part of.
    private static Slot? Root(Slot? slot)
    {
        while (slot is { IsInlineArray: false })
            slot = slot.Parent;
        return slot;
    }

    // Where a variable lies, if it is part of an InlineArray in memory.
    private Value? Address(Slot slot, bool memoryOnly = false)
    {
        if (slot.IsInlineArray)
        {
            if (slot.Memory != null)
                return slot.Memory;
            if (!memoryOnly && Known.TryGetValue(slot, out var known))
                return known is BlockValue block ? block.Address : ExpandNextTime(slot);
        }
        return slot.Parent != null && Address(slot.Parent, memoryOnly) is { } parent
            ? code.PointerAdd(parent, Constant.Int64(slot.Parent.Shape!.Members[slot.Index].OffsetBytes), 1)
            : null;
    }

    private void StoreMembers(Slot slot, StackValue[] members)
    {
        Known.Remove(slot);
        for (var i = 0; i < members.Length; i++)
            Store(Member(slot, i), members[i]);
    }

    private void StoreScalar(Slot slot, Value value)
    {
        if (PrimitiveTypes.KindOf(slot.Type) is { } kind && kind.IsSmallInteger() && value.Type.Kind == IrKind.Int32)
            value = code.Convert(value, kind);
        slot.Variable ??= code.NewRegister(facts.Pointers.TryGetValue(slot.Id, out var pointer) ? pointer : value.Type);
        value = Adapt(slot, value, slot.Variable.Type);
        code.Assign(slot.Variable, value);
        Known[slot] = value;
    }

    private Value Adapt(Slot slot, Value value, IrType type)
    {
        if (value.Type == type)
            return value;
        if (type.IsPointer && value is Constant { Bits: 0 })
            return Constant.Zero(type);
        if (!value.Type.IsPointer && !type.IsPointer)
            return code.Convert(value, type.Kind);
        if (!value.Type.IsPointer || type.IsPointer)
        {
            throw failure.At(
                $"a pointer that points to {value.Type} here and to {type} elsewhere",
                "use one variable for each kind of memory");
        }
        facts.Pointers[slot.Id] = value.Type;
        facts.Changed = true;
        return Constant.Zero(type);
    }

    private void StoreOther(Slot slot, StackValue value)
    {
        if (value is BlockValue)
            Forget(slot);
        Known[slot] = value;
    }

    private void Expand(Slot array, StackValue content)
    {
        Known.Remove(array);
        if (content is BlockValue block)
            Store(array, code.Load(block.Address, block.Shape.Type));
        else
            ExpandNextTime(array);
    }

    private Value? ExpandNextTime(Slot slot)
    {
        facts.Expanded.Add(slot.Id);
        facts.Changed = true;
        return null;
    }

    private StackValue LoadAmbiguous(Slot slot)
    {
        if (!slot.IsInlineArray)
        {
            throw failure.At(
                $"a {slot.Type.Name} that is one of two things, depending on the way that leads here",
                "references to C# variables, register arrays and types must be known at compile time");
        }
        ExpandNextTime(slot);
        return Default(slot.Type);
    }
}
