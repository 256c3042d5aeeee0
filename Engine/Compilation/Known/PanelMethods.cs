using GpuKeras.Kernels;

namespace GpuKeras.Compilation;

/// <summary>Sixteen numbers in one register.</summary>
internal static class PanelMethods
{
    public static KnownMethod[] All { get; } =
    [
        new(typeof(FloatPanel), nameof(FloatPanel.Broadcast), static call => call.Code.Define(Opcode.PanelBroadcast, IrType.Panel, call.Scalar(0))),
        new(typeof(FloatPanel), nameof(FloatPanel.Load), static call => call.Code.LoadScalar(Address(call), IrKind.Panel)),
        new(typeof(FloatPanel), nameof(FloatPanel.Store), Store),
        new(typeof(FloatPanel), nameof(FloatPanel.MultiplyAdd), static call =>
            call.Code.Math(MathFunction.FusedMultiplyAdd, IrType.Panel, unsigned: false, call.Scalar(0), call.Scalar(1), call.Scalar(2))),
        new(typeof(FloatPanel), "op_Addition", static call => call.Code.Define(Opcode.Add, IrType.Panel, call.Scalar(0), call.Scalar(1))),
        new(typeof(FloatPanel), "op_Subtraction", static call => call.Code.Define(Opcode.Subtract, IrType.Panel, call.Scalar(0), call.Scalar(1))),
        new(typeof(FloatPanel), "op_Multiply", static call => call.Code.Define(Opcode.Multiply, IrType.Panel, call.Scalar(0), call.Scalar(1))),
        new(typeof(FloatPanel), "get_Item", Element),
    ];

    private static Value Address(KnownCall call)
    {
        var parts = ((StructValue)call.Struct(0, typeof(ArrayView<float>))).Members;
        var start = call.Code.PointerAdd((Value)parts[0], (Value)parts[1], sizeof(float));
        return call.Code.PointerAdd(start, call.Scalar(1), sizeof(float));
    }

    private static StackValue? Store(KnownCall call)
    {
        call.Translation.Variables.StoreAt(Address(call), call.Scalar(2), typeof(FloatPanel));
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
