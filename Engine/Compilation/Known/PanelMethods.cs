using GpuKeras.Kernels;

namespace GpuKeras.Compilation;

/// <summary>Sixteen numbers in one register.</summary>
internal static class PanelMethods
{
    private static readonly MathFunction[] Functions =
    [
        MathFunction.Min, MathFunction.Max, MathFunction.Abs, MathFunction.Floor, MathFunction.Round, MathFunction.Sqrt, MathFunction.Sin,
        MathFunction.Cos, MathFunction.CopySign, MathFunction.FloorModulo, MathFunction.FromExponentBits, MathFunction.ToExponentBits,
        MathFunction.FromMantissaBits,
    ];

    public static KnownMethod[] All { get; } =
    [
        new(typeof(FloatPanel), nameof(FloatPanel.Broadcast), static call =>
            call.Code.Define(Opcode.PanelBroadcast, IrType.Panel, call.Scalar(0))),
        new(typeof(FloatPanel), nameof(FloatPanel.Load), static call => call.Code.LoadScalar(Address(call, 0), IrKind.Panel)),
        new(typeof(FloatPanel), nameof(FloatPanel.Store), Store),
        new(typeof(FloatPanel), nameof(FloatPanel.MultiplyAdd), static call => Math(call, MathFunction.FusedMultiplyAdd)),
        new(typeof(FloatPanel), "op_Addition", static call => Arithmetic(call, Opcode.Add)),
        new(typeof(FloatPanel), "op_Subtraction", static call => Arithmetic(call, Opcode.Subtract)),
        new(typeof(FloatPanel), "op_Multiply", static call => Arithmetic(call, Opcode.Multiply)),
        new(typeof(FloatPanel), "op_Division", static call => Arithmetic(call, Opcode.Divide)),
        new(typeof(FloatPanel), "op_UnaryNegation", static call => Arithmetic(call, Opcode.Negate)),
        new(typeof(FloatPanel), nameof(FloatPanel.WhereLess), static call => Select(call, Comparison.Less)),
        new(typeof(FloatPanel), nameof(FloatPanel.WhereLessOrEqual), static call => Select(call, Comparison.LessOrEqual)),
        new(typeof(FloatPanel), nameof(FloatPanel.WhereEqual), static call => Select(call, Comparison.Equal)),
        new(typeof(FloatPanel), "get_Item", Element),
        .. Functions.Select(static function => new KnownMethod(typeof(FloatPanel), function.ToString(), call => Math(call, function))),
    ];

    private static Value[] Operands(KnownCall call) => [.. Enumerable.Range(0, call.Arguments.Length).Select(call.Scalar)];

    private static Register Arithmetic(KnownCall call, Opcode opcode) => call.Code.Define(opcode, IrType.Panel, Operands(call));

    private static Value Math(KnownCall call, MathFunction function) =>
        call.Code.Math(function, IrType.Panel, unsigned: false, Operands(call));

    private static Register Select(KnownCall call, Comparison comparison) => call.Code.Define(
        IrType.Panel,
        target => new(Opcode.PanelSelect, [target], Operands(call)) { Comparison = comparison, Source = call.Code.Source });

    // A pointer, or a view and an index.
    private static Value Address(KnownCall call, int argument)
    {
        if (call.Arguments[argument] is Value pointer)
            return pointer;
        var parts = ((StructValue)call.Struct(argument, typeof(ArrayView<float>))).Members;
        var start = call.Code.PointerAdd((Value)parts[0], (Value)parts[1], sizeof(float));
        return call.Code.PointerAdd(start, call.Scalar(argument + 1), sizeof(float));
    }

    // An instance method with a pointer, or a static one with a view, an index and the panel.
    private static StackValue? Store(KnownCall call)
    {
        var (address, panel) = call.Method.IsStatic
            ? (Address(call, 0), call.Scalar(2))
            : (call.Scalar(1), call.Translation.Scalar(call.Struct(0, typeof(FloatPanel))));
        call.Translation.Variables.StoreAt(address, panel, typeof(FloatPanel));
        return null;
    }

    private static Register Element(KnownCall call)
    {
        var panel = call.Translation.Scalar(call.Struct(0, typeof(FloatPanel)));
        var place = (int)call.Constant(1, "a place in a panel").Bits;
        if (place is < 0 or >= FloatPanel.Count)
            throw call.Fail($"uses place {place} of a panel of {FloatPanel.Count}", "check the bounds of the loop");
        return call.Code.Define(
            IrType.Float32, target => new(Opcode.PanelElement, [target], [panel]) { Immediate = place, Source = call.Code.Source });
    }
}
