namespace GpuKeras.Compilation;

/// <summary>The place of a C# variable, or of a field of one.</summary>
/// <param name="type">Its type.</param>
/// <param name="id">Its name, which is the same in every attempt to translate the kernel.</param>
/// <param name="parent">The struct that it is a member of.</param>
/// <param name="index">Its number there.</param>
internal sealed class Slot(Type type, ulong id, Slot? parent = null, int index = 0)
{
    /// <summary>Its type.</summary>
    public Type Type { get; } = type;

    /// <summary>Its name, which is the same in every attempt to translate the kernel.</summary>
    public ulong Id { get; } = id;

    /// <summary>The struct that it is a member of.</summary>
    public Slot? Parent { get; } = parent;

    /// <summary>Its number there.</summary>
    public int Index { get; } = index;

    /// <summary>The fields of a struct; null for everything else.</summary>
    public StructShape? Shape { get; } = PrimitiveTypes.IsStruct(type) ? StructShape.Of(type) : null;

    /// <summary>The places of the fields of a struct, made when first used.</summary>
    public Slot[]? Members { get; set; }

    /// <summary>The register that carries it where its value is not known from the code before.</summary>
    public Register? Variable { get; set; }

    /// <summary>The address of an InlineArray that is indexed at run time.</summary>
    public Value? Memory { get; set; }

    /// <summary>Whether this is one of a <see cref="GpuKeras.Kernels.RegisterArray{T}"/>.</summary>
    public bool IsArrayRegister { get; init; }

    /// <summary>Whether this is an InlineArray.</summary>
    public bool IsInlineArray => Shape is { IsInlineArray: true };

    /// <summary>The place of one field.</summary>
    public Slot Member(int index)
    {
        Members ??= new Slot[Shape!.Members.Length];
        return Members[index] ??= new Slot(Shape!.Members[index].Type, SlotName.Combine(Id, index), this, index)
        {
            IsArrayRegister = IsArrayRegister,
        };
    }
}
