namespace GpuKeras.Saving;

// Functions of each element, and of rows.
internal static partial class KerasOperations
{
    private static void AddFunctions()
    {
        AddMap("numpy", "Negative", static x => -x);
        AddMap("numpy", "Absolute", static x => x.Abs());
        AddMap("numpy", "Square", static x => x.Square());
        AddMap("numpy", "Sqrt", static x => x.Sqrt());
        AddMap("numpy", "Exp", static x => x.Exp());
        AddMap("numpy", "Expm1", static x => x.ExpM1());
        AddMap("numpy", "Log", static x => x.Log());
        AddMap("numpy", "Log1p", static x => x.Log1P());
        AddMap("numpy", "Sin", static x => x.Sin());
        AddMap("numpy", "Cos", static x => x.Cos());
        AddMap("numpy", "Tanh", static x => x.Tanh());
        AddMap("numpy", "Sign", static x => x.Sign());
        AddMap("numpy", "Floor", static x => x.Floor());
        AddMap("numpy", "Ceil", static x => x.Ceiling());
        AddMap("numpy", "Reciprocal", static x => x.Reciprocal());
        AddMap("numpy", "LogicalNot", static x => x.LogicalNot());
        AddMap("numpy", "Isfinite", static x => x.IsFinite());
        AddMap("numpy", "Isnan", static x => x.IsNaN());
        AddMap("math", "Rsqrt", static x => x.Rsqrt());
        AddMap("math", "Erf", static x => x.Erf());
        AddMap("core", "StopGradient", static x => x.StopGradient(), "variable");
        AddMap("nn", "Relu", static x => x.Relu());
        AddMap("nn", "Relu6", static x => x.Relu6());
        AddMap("nn", "Sigmoid", static x => x.Sigmoid());
        AddMap("nn", "SparseSigmoid", static x => x.SparseSigmoid());
        AddMap("nn", "Softplus", static x => x.Softplus());
        AddMap("nn", "Softsign", static x => x.Softsign());
        AddMap("nn", "SparsePlus", static x => x.SparsePlus());
        AddMap("nn", "Silu", static x => x.Silu());
        AddMap("nn", "LogSigmoid", static x => x.LogSigmoid());
        AddMap("nn", "HardSigmoid", static x => x.HardSigmoid());
        AddMap("nn", "HardSilu", static x => x.HardSilu());
        AddMap("nn", "HardTanh", static x => x.HardTanh());
        AddMap("nn", "Selu", static x => x.Selu());
        AddMap("nn", "TanhShrink", static x => x.TanhShrink());
        Add("nn", "Gelu", static call => call.Tensor(0, "x").Gelu(approximate: call.Parameter("approximate").IsNull || call.Flag("approximate")));
        Add("nn", "Elu", static call => call.Tensor(0, "x").Elu(call.Number("alpha", 1)));
        Add("nn", "Celu", static call => call.Tensor(0, "x").Celu(call.Number("alpha", 1)));
        Add("nn", "LeakyRelu", static call => call.Tensor(0, "x").LeakyRelu(call.Number("negative_slope", 0.2)));
        Add("nn", "SoftShrink", static call => call.Tensor(0, "x").SoftShrink(call.Number("threshold", 0.5)));
        Add("nn", "HardShrink", static call => call.Tensor(0, "x").HardShrink(call.Number("threshold", 0.5)));
        Add("nn", "Squareplus", static call => call.Tensor(0, "x").Squareplus(call.Number("b", 4)));
        Add("nn", "Threshold", static call => call.Tensor(0, "x").Threshold(
            call.Parameter("threshold").Number(), call.Parameter("default_value").Number()));
        Add("nn", "Softmax", static call => call.Tensor(0, "x").Softmax(call.Integer("axis", -1)));
        Add("nn", "LogSoftmax", static call => call.Tensor(0, "x").LogSoftmax(call.Integer("axis", -1)));
        Add("nn", "Sparsemax", static call => call.Tensor(0, "x").Sparsemax(call.Integer("axis", -1)));
        Add("nn", "Glu", static call => call.Tensor(0, "x").Glu(call.Integer("axis", -1)));
        Add("numpy", "Clip", static call => call.Tensor(0, "x").Clip(call.Parameter("x_min").Number(), call.Parameter("x_max").Number()));
        Add("numpy", "Round", static call => call.Integer("decimals", 0) == 0
            ? call.Tensor(0, "x").Round()
            : throw new NotSupportedException("Round: decimals must be 0"));
        Add("core", "Cast", static call => call.Tensor(0, "x").Cast(DTypes.Parse(call.Parameter("dtype").Text())));
        Add("numpy", "OnesLike", static call => Like(call, 1));
        Add("numpy", "ZerosLike", static call => Like(call, 0));
    }

    // Broadcast rather than made whole: while shapes are found there are no values.
    private static Tensor Like(OperationCall call, double value)
    {
        var x = call.Tensor(0, "x");
        var dtype = call.Parameter("dtype").IsNull ? x.DType : DTypes.Parse(call.Parameter("dtype").Text());
        return x.IsSymbolic ? Tensor.Symbolic(x.Shape, dtype) : Tensor.Full(x.Shape, value, dtype).To(x.Device);
    }
}
