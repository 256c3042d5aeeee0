using System.Reflection;
using System.Reflection.Metadata;

namespace GpuKeras.Compilation;

/// <summary>Calls, constructors, static fields, types and boxes.</summary>
internal sealed partial class MethodTranslator
{
    private Type? constrained;

    private bool StepObjects(in IlInstruction i)
    {
        switch (i.Opcode)
        {
            case ILOpCode.Constrained:
                constrained = il.ResolveType(i.Operand);
                return true;
            case ILOpCode.Call or ILOpCode.Callvirt:
                Call(il.ResolveMethod(i.Operand), i);
                return true;
            case ILOpCode.Newobj:
                Construct((ConstructorInfo)il.ResolveMethod(i.Operand), i);
                return true;
            case ILOpCode.Ldsfld:
                Push(StaticField(il.ResolveField(i.Operand)));
                return true;
            case ILOpCode.Ldsflda:
                var field = il.ResolveField(i.Operand);
                Push(Temporary(field.FieldType, StaticField(field), i.Offset));
                return true;
            case ILOpCode.Ldtoken:
                Push(new TypeValue(il.ResolveMember(i.Operand) as Type ?? typeof(void)));
                return true;
            case ILOpCode.Box:
                var type = il.ResolveType(i.Operand);
                if (type.IsValueType)
                    Push(new BoxedValue(type, Pop()));
                return true;
            case ILOpCode.Unbox_any:
                Push(Unbox(Pop(), il.ResolveType(i.Operand)));
                return true;
            case ILOpCode.Isinst:
                var boxed = Pop();
                Push(boxed is BoxedValue box && il.ResolveType(i.Operand).IsAssignableFrom(box.Type) ? boxed : new UnusableValue("null"));
                return true;
            default:
                return false;
        }
    }

    private void Call(MethodBase method, in IlInstruction i)
    {
        // What the compiler knows by itself may be virtual: EqualityComparer<T>.Default.Equals.
        var target = constrained == null && KnownMethods.Find(method) != null
            ? method
            : CallTargets.Resolve(translation.Failure, method, constrained, i.Opcode == ILOpCode.Callvirt);
        constrained = null;
        var values = PopMany(target.GetParameters().Length + (target.IsStatic ? 0 : 1));
        var result = Invoke(target, values, i.Offset);
        if (target is MethodInfo { ReturnType: var type } && type != typeof(void))
            Push(result!);
    }

    private void Construct(ConstructorInfo constructor, in IlInstruction i)
    {
        var type = constructor.DeclaringType!;
        if (!type.IsValueType)
        {
            throw typeof(Exception).IsAssignableFrom(type)
                ? translation.Failure.At(
                    $"throws {type.Name}, which devices cannot", "check before the launch, or report a value with FaultCell")
                : translation.Failure.At($"makes an object of type {type.Name}, which devices cannot", "use structs");
        }
        var values = PopMany(constructor.GetParameters().Length);
        var self = Temporary(type, Variables.Default(type), i.Offset);
        Invoke(constructor, [self, .. values], i.Offset);
        Push(Variables.Load(self.Slot));
        Variables.Forget(self.Slot);
    }

    private StackValue? Invoke(MethodBase method, StackValue[] values, int offset)
    {
        if (KnownMethods.Find(method) is { } known)
            return known(new KnownCall(translation, this, method, values, Name(offset, 'k')));
        var body = CallTargets.DeviceBody(translation.Failure, method);
        return Inline(translation, body, values, Name(offset, 'c'));
    }

    // The name of what an instruction makes: different in each place, and in each turn of an unrolled loop.
    private ulong Name(int offset, char sort) => SlotName.Combine(SlotName.Combine(frame, offset, sort), (long)translation.Path);

    private ReferenceValue Temporary(Type type, StackValue value, int offset)
    {
        var slot = Variables.Declare(type, Name(offset, 't'));
        Variables.Store(slot, value);
        return new ReferenceValue(slot);
    }

    private StackValue StaticField(FieldInfo field)
    {
        if (typeof(Delegate).IsAssignableFrom(field.FieldType))
            throw translation.Failure.At("uses a delegate, which devices do not have", "use a struct with a method as a generic argument");
        if (!field.IsInitOnly && !field.IsLiteral)
        {
            throw translation.Failure.At(
                $"reads the static field {field.Name}, which may change", "make it readonly, or pass it as an argument");
        }
        return StaticValues.From(field.GetValue(null), field.FieldType)
            ?? throw translation.Failure.At(
                $"reads the static field {field.Name} of type {field.FieldType.Name}",
                "only numbers and structs of numbers can be constants");
    }

    private StackValue Unbox(StackValue value, Type type)
    {
        if (value is not BoxedValue boxed)
            return value;
        return boxed.Type == type
            ? boxed.Content
            : throw translation.Failure.At($"casts a {boxed.Type.Name} to {type.Name} by way of object", "check typeof(T) before");
    }
}
