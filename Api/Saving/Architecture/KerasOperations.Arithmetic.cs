namespace GpuKeras.Saving;

// Operations of two operands: tensors, or a tensor and a number.
internal static partial class KerasOperations
{
    private static void AddArithmetic()
    {
        AddBinary("Add", static (a, b) => a + b, static (a, b) => a + b, static (a, b) => a + b);
        AddBinary("Subtract", static (a, b) => a - b, static (a, b) => a - b, static (a, b) => a - b);
        AddBinary("Multiply", static (a, b) => a * b, static (a, b) => a * b, static (a, b) => a * b);
        AddBinary("Divide", static (a, b) => a / b, static (a, b) => a / b, static (a, b) => a / b);
        AddBinary("TrueDivide", static (a, b) => a / b, static (a, b) => a / b, static (a, b) => a / b);
        AddBinary("FloorDivide", static (a, b) => a.FloorDivide(b), static (a, b) => a.FloorDivide(b));
        AddBinary("Mod", static (a, b) => a.FloorModulo(b), static (a, b) => a.FloorModulo(b));
        AddBinary("Power", static (a, b) => a.Pow(b), static (a, b) => a.Pow(b));
        AddBinary("Maximum", static (a, b) => a.Maximum(b), static (a, b) => a.Maximum(b), static (a, b) => b.Maximum(a));
        AddBinary("Minimum", static (a, b) => a.Minimum(b), static (a, b) => a.Minimum(b), static (a, b) => b.Minimum(a));
        AddBinary("Equal", static (a, b) => a.Equal(b), static (a, b) => a.Equal(b), static (a, b) => b.Equal(a));
        AddBinary("NotEqual", static (a, b) => a.NotEqual(b), static (a, b) => a.NotEqual(b), static (a, b) => b.NotEqual(a));
        AddBinary("Greater", static (a, b) => a.Greater(b), static (a, b) => a.Greater(b), static (a, b) => b.Less(a));
        AddBinary("GreaterEqual", static (a, b) => a.GreaterEqual(b), static (a, b) => a.GreaterEqual(b), static (a, b) => b.LessEqual(a));
        AddBinary("Less", static (a, b) => a.Less(b), static (a, b) => a.Less(b), static (a, b) => b.Greater(a));
        AddBinary("LessEqual", static (a, b) => a.LessEqual(b), static (a, b) => a.LessEqual(b), static (a, b) => b.GreaterEqual(a));
        AddBinary("LogicalAnd", static (a, b) => a.LogicalAnd(b), static (a, b) => a.LogicalAnd(a.Beside(b)));
        AddBinary("LogicalOr", static (a, b) => a.LogicalOr(b), static (a, b) => a.LogicalOr(a.Beside(b)));
        Add("numpy", "Matmul", static call => call.Tensor(0, "x1").MatMul(call.Tensor(1, "x2")));
        Add("numpy", "Where", static call => (call.Number(1, "x1"), call.Number(2, "x2")) switch
        {
            (null, { } b) => Tensor.Where(Condition(call), call.Tensor(1, "x1"), b),
            ({ } a, null) => Tensor.Where(Condition(call), a, call.Tensor(2, "x2")),
            _ => Tensor.Where(Condition(call), call.Tensor(1, "x1"), call.Tensor(2, "x2")),
        });
    }

    private static Tensor Condition(OperationCall call) => call.Tensor(0, "condition").Cast(DType.Bool);

    // A number takes the dtype of the tensor beside it, so it must not become a tensor of its own first.
    private static void AddBinary(
        string className,
        Func<Tensor, Tensor, Tensor> tensors,
        Func<Tensor, double, Tensor> numberRight,
        Func<double, Tensor, Tensor>? numberLeft = null) =>
        Add("numpy", className, call => (call.Number(0, "x1"), call.Number(1, "x2")) switch
        {
            (null, { } b) => numberRight(call.Tensor(0, "x1"), b),
            ({ } a, null) when numberLeft is not null => numberLeft(a, call.Tensor(1, "x2")),
            ({ } a, null) => tensors(call.Tensor(1, "x2").Beside(a), call.Tensor(1, "x2")),
            _ => tensors(call.Tensor(0, "x1"), call.Tensor(1, "x2")),
        });
}
