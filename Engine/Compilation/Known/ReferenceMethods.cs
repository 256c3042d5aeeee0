using System.Runtime.CompilerServices;

namespace GpuKeras.Compilation;

/// <summary>References: <see cref="Unsafe"/>, and what the C# compiler calls for the elements of InlineArrays.</summary>
internal static class ReferenceMethods
{
    public static KnownMethod[] All { get; } =
    [
        new(typeof(Unsafe), nameof(Unsafe.AsRef), static call => call.Arguments[0]),
        new(typeof(Unsafe), nameof(Unsafe.AsPointer), static call => call.Address(0)),
        new(typeof(Unsafe), nameof(Unsafe.As), As),
        new(typeof(Unsafe), nameof(Unsafe.Add), static call => Add(call, sizeOfElement: true)),
        new(typeof(Unsafe), nameof(Unsafe.AddByteOffset), static call => Add(call, sizeOfElement: false)),
        new(typeof(Unsafe), nameof(Unsafe.SizeOf), static call => Constant.Int32(PrimitiveTypes.SizeOf(call.Generic[0]))),
        new(typeof(Unsafe), nameof(Unsafe.BitCast), BitCast),
        new(typeof(Unsafe), nameof(Unsafe.Read), static call => call.Caller.LoadAt(call.Arguments[0], call.Generic[0])),
        new(typeof(Unsafe), nameof(Unsafe.Write), Write),
        new(typeof(Unsafe), nameof(Unsafe.SkipInit), static call => null),
        .. new[] { typeof(Span<>), typeof(ReadOnlySpan<>) }.SelectMany(static type => new KnownMethod[]
        {
            new(type, "get_Item", static call => SpanElement(call)),
            new(type, "get_Length", static call => Span(call).Length),
        }),
    ];

    /// <summary>What writes a helper that the C# compiler makes for InlineArrays.</summary>
    public static Func<KnownCall, StackValue?>? FindInlineArrayHelper(string name) => name switch
    {
        "InlineArrayElementRef" or "InlineArrayElementRefReadOnly" => static call =>
            Element(call, call.Arguments[0], call.Generic[1], call.Scalar(1)),
        "InlineArrayFirstElementRef" or "InlineArrayFirstElementRefReadOnly" => static call =>
            Element(call, call.Arguments[0], call.Generic[1], Constant.Int32(0)),
        "InlineArrayAsSpan" or "InlineArrayAsReadOnlySpan" => static call =>
            new SpanValue(call.Arguments[0], call.Generic[1], call.Scalar(1)),
        _ => static call => throw call.Fail($"uses {call.Method.Name}", "index the InlineArray itself"),
    };

    private static SpanValue Span(KnownCall call) => call.Struct(0, call.Method.DeclaringType!) as SpanValue
        ?? throw call.Fail("uses a span", "use views; only InlineArrays are indexed by way of spans");

    private static StackValue SpanElement(KnownCall call)
    {
        var span = Span(call);
        return Element(call, span.Array, span.Element, call.Scalar(1));
    }

    private static StackValue Element(KnownCall call, StackValue address, Type element, Value index)
    {
        if (address is not ReferenceValue { Slot: var array })
            return call.Code.PointerAdd(call.Translation.Scalar(address), index, PrimitiveTypes.SizeOf(element));
        if (index is not Constant constant || array.Memory != null)
            return call.Translation.Variables.ElementAddress(array, index);
        if (constant.Bits < 0 || constant.Bits >= array.Shape!.Members.Length)
            throw call.Fail($"uses element {constant.Bits} of {array.Type.Name}", "check the bounds");
        return new ReferenceValue(call.Translation.Variables.Member(array, (int)constant.Bits));
    }

    private static StackValue As(KnownCall call)
    {
        if (call.Generic.Length == 1)
            throw call.Fail("casts an object", "use structs");
        return call.Arguments[0];
    }

    private static Value Add(KnownCall call, bool sizeOfElement) => call.Code.PointerAdd(
        call.Address(0), call.Scalar(1), sizeOfElement ? PrimitiveTypes.SizeOf(call.Generic[0]) : 1);

    private static StackValue? Write(KnownCall call)
    {
        call.Caller.StoreAt(call.Arguments[0], call.Arguments[1], call.Generic[0]);
        return null;
    }

    private static StackValue BitCast(KnownCall call)
    {
        var (from, to) = (call.Generic[0], call.Generic[1]);
        if (from == to)
            return call.Arguments[0];
        var value = call.Arguments[0];
        while (value is StructValue { Members: [var only] })
            value = only;
        if (value is not Value scalar)
            throw call.Fail($"casts the bits of {from.Name} to {to.Name}", "cast numbers, or structs of one number");
        return Wrap(call, scalar, to);
    }

    private static StackValue Wrap(KnownCall call, Value scalar, Type type)
    {
        if (PrimitiveTypes.KindOf(type) is not { } kind)
        {
            var shape = StructShape.Of(type);
            return shape.Members.Length == 1
                ? new StructValue(shape, [Wrap(call, scalar, shape.Members[0].Type)])
                : throw call.Fail($"casts the bits of a number to {type.Name}", "cast numbers, or structs of one number");
        }
        return kind.IsSmallInteger() ? call.Code.Convert(scalar, kind) : call.Code.Bitcast(scalar, kind.Register());
    }
}
