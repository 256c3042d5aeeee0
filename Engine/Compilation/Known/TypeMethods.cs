using System.Reflection;
using System.Runtime.CompilerServices;

namespace GpuKeras.Compilation;

/// <summary>Types as values, which are known at compile time, and equality of generic values.</summary>
internal static class TypeMethods
{
    public static KnownMethod[] All { get; } =
    [
        new(typeof(object), ".ctor", static call => null),
        new(typeof(Type), nameof(Type.GetTypeFromHandle), static call => call.Arguments[0]),
        new(typeof(Type), "op_Equality", static call => Compare(call, equal: true)),
        new(typeof(Type), "op_Inequality", static call => Compare(call, equal: false)),
        new(typeof(Type), "get_IsValueType", static call => Truth(TypeOf(call, 0).IsValueType)),
        new(typeof(RuntimeHelpers), nameof(RuntimeHelpers.IsReferenceOrContainsReferences), static call =>
            Truth(!call.Generic[0].IsValueType)),
        new(typeof(EqualityComparer<>), "get_Default", static call => new TypeValue(call.Generic[0])),
        new(typeof(EqualityComparer<>), "Equals", AreEqual),
    ];

    private static Constant Truth(bool value) => Constant.Int32(value ? 1 : 0);

    private static Constant Compare(KnownCall call, bool equal) => Truth(TypeOf(call, 0) == TypeOf(call, 1) == equal);

    private static Type TypeOf(KnownCall call, int argument) => call.Arguments[argument] is TypeValue value
        ? value.Type
        : throw call.Fail("uses a type that is not known at compile time", "compare with typeof(T) only");

    // Unlike the operator, Equals says that two NaN are equal.
    private static StackValue AreEqual(KnownCall call)
    {
        var type = call.Generic[0];
        if (PrimitiveTypes.KindOf(type) == null)
        {
            var equals = type.GetMethod("Equals", BindingFlags.Instance | BindingFlags.Public, [type])
                ?? throw call.Fail($"compares values of type {type.Name}", "make it IEquatable");
            var slot = call.Translation.Variables.Declare(type, call.Name);
            call.Translation.Variables.Store(slot, call.Arguments[1]);
            return MethodTranslator.Inline(
                call.Translation, equals, [new ReferenceValue(slot), call.Arguments[2]], SlotName.Combine(call.Name, 1))!;
        }
        var (a, b) = (call.Scalar(1), call.Scalar(2));
        var equal = call.Code.Compare(Comparison.Equal, a, b);
        if (!a.Type.IsFloat)
            return equal;
        var bothNaN = call.Code.Binary(
            Opcode.And, call.Code.Compare(Comparison.NotEqual, a, a), call.Code.Compare(Comparison.NotEqual, b, b));
        return call.Code.Binary(Opcode.Or, equal, bothNaN);
    }
}
