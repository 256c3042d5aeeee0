using GpuKeras.Kernels;

namespace GpuKeras.Compilation;

/// <summary>Addresses, loads and stores.</summary>
internal sealed partial class CodeBuilder
{
    /// <summary>An address so many bytes further on; multiplications by a constant become part of the addition.</summary>
    public Value Offset(Value address, Value bytes)
    {
        var (index, scale) = (bytes, 1);
        if (bytes is Register { Definition: { Opcode: Opcode.Multiply } product }
            && product.Operands[1] is Constant { Bits: > 0 and <= int.MaxValue } factor)
        {
            (index, scale) = (product.Operands[0], (int)factor.Bits);
        }
        return PointerAdd(address, index, scale);
    }

    /// <summary>address + index · scale bytes.</summary>
    public Value PointerAdd(Value address, Value index, int scale)
    {
        if (index is Register { Definition: { Opcode: Opcode.Convert, Memory: IrKind.Int64, Unsigned: false } widened }
            && widened.Operands[0].Type.Kind == IrKind.Int32)
        {
            index = widened.Operands[0];
        }
        if (index is Constant constant)
        {
            var bytes = constant.Bits * scale;
            if (address is Register { Definition: { Opcode: Opcode.PointerAdd, Immediate: 1 } inner } && inner.Operands[1] is Constant more)
                (address, bytes) = (inner.Operands[0], bytes + more.Bits);
            if (bytes == 0)
                return address;
            (index, scale) = (Constant.Int64(bytes), 1);
        }
        return Define(address.Type, target => new(Opcode.PointerAdd, [target], [address, index]) { Immediate = scale, Source = Source });
    }

    /// <summary>What lies at an address.</summary>
    public StackValue Load(Value address, Type type)
    {
        if (PrimitiveTypes.KindOf(type) is { } kind)
            return LoadScalar(address, kind);
        var shape = StructShape.Of(type);
        if (type != typeof(Float4))
            return new StructValue(shape, [.. shape.Members.Select(member => Load(Member(address, member), member.Type))]);
        var targets = new Register[4];
        var load = new Instruction(Opcode.Load, targets, [address]) { Memory = IrKind.Float32, Source = Source };
        for (var i = 0; i < 4; i++)
            targets[i] = new Register(function.RegisterCount++, IrType.Float32) { Definition = load };
        Add(load);
        return new StructValue(shape, [.. targets]);
    }

    /// <summary>The number at an address.</summary>
    public Register LoadScalar(Value address, IrKind kind) =>
        Define(kind.Register(), target => new(Opcode.Load, [target], [address]) { Memory = kind, Source = Source });

    /// <summary>Writes to an address.</summary>
    public void Store(Value address, StackValue value, Type type)
    {
        if (PrimitiveTypes.KindOf(type) is { } kind && value is Value { Type.IsPointer: false } scalar)
        {
            Add(new Instruction(Opcode.Store, [], [address, scalar]) { Memory = kind, Source = Source });
            return;
        }
        if (value is BlockValue block)
            value = Load(block.Address, type);
        if (value is not StructValue content)
            throw failure.At($"writes a {type.Name} to memory", "memory holds numbers and structs of numbers");
        if (type == typeof(Float4))
        {
            Add(new Instruction(Opcode.Store, [], [address, .. content.Members.Cast<Value>()])
            {
                Memory = IrKind.Float32,
                Source = Source,
            });
            return;
        }
        for (var i = 0; i < content.Members.Length; i++)
            Store(Member(address, content.Shape.Members[i]), content.Members[i], content.Shape.Members[i].Type);
    }

    private Value Member(Value address, StructMember member) => PointerAdd(address, Constant.Int64(member.OffsetBytes), 1);
}
