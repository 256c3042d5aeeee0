using System.Reflection;
using System.Reflection.Metadata;

namespace GpuKeras.Compilation;

/// <summary>Fields, references and pointers.</summary>
internal sealed partial class MethodTranslator
{
    private bool StepMemory(in IlInstruction i)
    {
        switch (i.Opcode)
        {
            case ILOpCode.Ldfld:
                Push(LoadField(Pop(), il.ResolveField(i.Operand)));
                return true;
            case ILOpCode.Ldflda:
                Push(FieldAddress(Pop(), il.ResolveField(i.Operand)));
                return true;
            case ILOpCode.Stfld:
                var content = Pop();
                var field = il.ResolveField(i.Operand);
                StoreAt(FieldAddress(Pop(), field), content, field.FieldType);
                return true;
            case ILOpCode.Ldobj:
                Push(LoadAt(Pop(), il.ResolveType(i.Operand)));
                return true;
            case ILOpCode.Stobj:
                var value = Pop();
                StoreAt(Pop(), value, il.ResolveType(i.Operand));
                return true;
            case ILOpCode.Cpobj:
                var source = LoadAt(Pop(), il.ResolveType(i.Operand));
                StoreAt(Pop(), source, il.ResolveType(i.Operand));
                return true;
            case ILOpCode.Initobj:
                var type = il.ResolveType(i.Operand);
                StoreAt(Pop(), Variables.Default(type), type);
                return true;
            case ILOpCode.Sizeof:
                Push(Constant.Int32(PrimitiveTypes.SizeOf(il.ResolveType(i.Operand))));
                return true;
            default:
                return StepIndirect(i);
        }
    }

    private bool StepIndirect(in IlInstruction i)
    {
        Type? type = i.Opcode switch
        {
            ILOpCode.Ldind_i1 or ILOpCode.Stind_i1 => typeof(sbyte),
            ILOpCode.Ldind_u1 => typeof(byte),
            ILOpCode.Ldind_i2 or ILOpCode.Stind_i2 => typeof(short),
            ILOpCode.Ldind_u2 => typeof(ushort),
            ILOpCode.Ldind_i4 or ILOpCode.Ldind_u4 or ILOpCode.Stind_i4 => typeof(int),
            ILOpCode.Ldind_i8 or ILOpCode.Stind_i8 => typeof(long),
            ILOpCode.Ldind_i or ILOpCode.Stind_i => typeof(nint),
            ILOpCode.Ldind_r4 or ILOpCode.Stind_r4 => typeof(float),
            ILOpCode.Ldind_r8 or ILOpCode.Stind_r8 => typeof(double),
            _ => null,
        };
        if (type == null)
            return false;
        if (i.Opcode is >= ILOpCode.Ldind_i1 and <= ILOpCode.Ldind_ref)
        {
            Push(LoadAt(Pop(), type));
            return true;
        }
        var value = Pop();
        StoreAt(Pop(), value, type);
        return true;
    }

    /// <summary>The value at a reference or a pointer.</summary>
    internal StackValue LoadAt(StackValue address, Type type) => address switch
    {
        ReferenceValue reference => Reinterpret(Variables.Load(reference.Slot), type),
        _ => Code.Load(Scalar(address), type),
    };

    /// <summary>Writes to a reference or a pointer.</summary>
    internal void StoreAt(StackValue address, StackValue value, Type type)
    {
        if (address is ReferenceValue reference)
            Variables.Store(reference.Slot, value is Value scalar ? Bits(scalar, PrimitiveTypes.KindOf(reference.Slot.Type)) : value);
        else
            Variables.StoreAt(Scalar(address), value is Value scalar ? Bits(scalar, PrimitiveTypes.KindOf(type)) : value, type);
    }

    private StackValue LoadField(StackValue instance, FieldInfo field)
    {
        switch (instance)
        {
            case StructValue value:
                return value.Members[value.Shape.IndexOf(field)];
            case ReferenceValue reference:
                return Variables.Load(Variables.Member(Outer(reference.Slot, field), StructShape.Of(field.DeclaringType!).IndexOf(field)));
            default:
                var address = FieldAddress(instance, field);
                return Code.Load((Value)address, field.FieldType);
        }
    }

    private StackValue FieldAddress(StackValue instance, FieldInfo field)
    {
        var shape = StructShape.Of(field.DeclaringType!);
        var index = shape.IndexOf(field);
        if (instance is ReferenceValue reference)
            return new ReferenceValue(Variables.Member(Outer(reference.Slot, field), index));
        return Code.PointerAdd(Scalar(instance), Constant.Int64(shape.Members[index].OffsetBytes), 1);
    }

    private Slot Outer(Slot slot, FieldInfo field)
    {
        if (slot.Type == field.DeclaringType)
            return slot;
        throw translation.Failure.At($"sees a {slot.Type.Name} as a {field.DeclaringType!.Name}", "use Unsafe.BitCast on values");
    }

    // A float is loaded from an int through a reinterpreted reference, and the like.
    private StackValue Reinterpret(StackValue value, Type type) =>
        value is Value scalar && PrimitiveTypes.KindOf(type) is { } kind ? Bits(scalar, kind) : value;

    private Value Bits(Value value, IrKind? kind)
    {
        if (kind is not { } to || value.Type == to.Register() || value.Type.IsPointer || to == IrKind.Pointer)
            return value;
        if (value is Constant { Bits: 0 })
            return Constant.Zero(to.Register());
        var type = to.Register();
        if (value.Type.IsInteger && type.IsInteger)
            return Code.Convert(value, to);
        if (value.Type.IsFloat && type.IsFloat)
            return Code.Convert(value, to);
        return Code.Bitcast(value, type);
    }
}
