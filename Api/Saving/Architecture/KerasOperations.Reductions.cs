namespace GpuKeras.Saving;

// Operations that leave axes out.
internal static partial class KerasOperations
{
    private static void AddReductions()
    {
        AddReduction("Sum", static (x, axes, keep) => x.Sum(axes, keep));
        AddReduction("Mean", static (x, axes, keep) => x.Mean(axes, keep));
        AddReduction("Prod", static (x, axes, keep) => x.Prod(axes, keep));
        AddReduction("Max", static (x, axes, keep) => x.Max(axes, keep));
        AddReduction("Min", static (x, axes, keep) => x.Min(axes, keep));
        AddReduction("Amax", static (x, axes, keep) => x.Max(axes, keep));
        AddReduction("Amin", static (x, axes, keep) => x.Min(axes, keep));
        AddReduction("All", static (x, axes, keep) => x.All(axes, keep));
        AddReduction("Any", static (x, axes, keep) => x.Any(axes, keep));
        AddReduction("Var", static (x, axes, keep) => x.Variance(axes, keep));
        AddReduction("Std", static (x, axes, keep) => x.StandardDeviation(axes, keep));
        Add("numpy", "Argmax", static call => ArgReduced(call, static (x, axis) => x.ArgMax(axis)));
        Add("numpy", "Argmin", static call => ArgReduced(call, static (x, axis) => x.ArgMin(axis)));
        Add("math", "Logsumexp", static call => call.Axes("axis") is [var axis]
            ? call.Tensor(0, "x").LogSumExp(axis, call.Flag("keepdims"))
            : throw new NotSupportedException("Logsumexp: needs one axis"));
        Add("numpy", "Cumsum", static call => call.Axes("axis") is [var axis]
            ? call.Tensor(0, "x").CumulativeSum(axis)
            : throw new NotSupportedException("Cumsum: needs one axis"));
    }

    private static void AddReduction(string className, Func<Tensor, int[], bool, Tensor> reduce) =>
        Add("numpy", className, call => call.Parameter("initial").IsNull
            ? call.Axes("axis") is []
                ? call.Tensor(0, "x")
                : reduce(call.Tensor(0, "x"), call.Axes("axis") ?? [], call.Flag("keepdims"))
            : throw new NotSupportedException($"{className}: 'initial' must be null"));

    private static Tensor ArgReduced(OperationCall call, Func<Tensor, int, Tensor> reduce)
    {
        if (call.Axes("axis") is not [var axis])
            throw new NotSupportedException("Argmax, Argmin: need one axis");
        var result = reduce(call.Tensor(0, "x"), axis);
        return call.Flag("keepdims") ? result.ExpandDims(axis) : result;
    }
}
