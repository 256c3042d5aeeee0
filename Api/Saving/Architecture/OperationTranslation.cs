// Longer than most: one table of operations.
using System.Collections.Frozen;
using System.Text.Json.Nodes;
using GpuKeras.Kernels.Elementwise;
using GpuKeras.Utilities;

namespace GpuKeras.Saving;

/// <summary>An operation that the program applied to symbolic tensors, in Keras' operations: one, or several in a row.</summary>
internal sealed class OperationTranslation
{
    // Operations of all their tensors, without parameters, by their names here.
    private static readonly FrozenDictionary<string, string> Functions = new Dictionary<string, string>
    {
        ["abs"] = "Absolute",
        ["ceil"] = "Ceil",
        ["cos"] = "Cos",
        ["erf"] = "Erf",
        ["exp"] = "Exp",
        ["expm1"] = "Expm1",
        ["floor"] = "Floor",
        ["hard_sigmoid"] = "HardSigmoid",
        ["hard_silu"] = "HardSilu",
        ["hard_tanh"] = "HardTanh",
        ["is_finite"] = "Isfinite",
        ["is_nan"] = "Isnan",
        ["log"] = "Log",
        ["log1p"] = "Log1p",
        ["log_sigmoid"] = "LogSigmoid",
        ["logical_not"] = "LogicalNot",
        ["negative"] = "Negative",
        ["reciprocal"] = "Reciprocal",
        ["relu"] = "Relu",
        ["relu6"] = "Relu6",
        ["rsqrt"] = "Rsqrt",
        ["selu"] = "Selu",
        ["sigmoid"] = "Sigmoid",
        ["sign"] = "Sign",
        ["silu"] = "Silu",
        ["sin"] = "Sin",
        ["softplus"] = "Softplus",
        ["softsign"] = "Softsign",
        ["sparse_plus"] = "SparsePlus",
        ["sparse_sigmoid"] = "SparseSigmoid",
        ["sqrt"] = "Sqrt",
        ["square"] = "Square",
        ["stop_gradient"] = "StopGradient",
        ["tanh"] = "Tanh",
        ["tanh_shrink"] = "TanhShrink",
        ["where"] = "Where",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Binary = new Dictionary<string, string>
    {
        ["add"] = "Add",
        ["divide"] = "Divide",
        ["equal"] = "Equal",
        ["floor_divide"] = "FloorDivide",
        ["floor_modulo"] = "Mod",
        ["greater"] = "Greater",
        ["greater_equal"] = "GreaterEqual",
        ["less"] = "Less",
        ["less_equal"] = "LessEqual",
        ["logical_and"] = "LogicalAnd",
        ["logical_or"] = "LogicalOr",
        ["maximum"] = "Maximum",
        ["minimum"] = "Minimum",
        ["multiply"] = "Multiply",
        ["not_equal"] = "NotEqual",
        ["power"] = "Power",
        ["subtract"] = "Subtract",
    }.ToFrozenDictionary();

    // Functions of one tensor with numbers, which are these parameters in Keras.
    private static readonly FrozenDictionary<string, (string ClassName, string[] Parameters)> Parameterized =
        new Dictionary<string, (string, string[])>
        {
            ["celu"] = ("Celu", ["alpha"]),
            ["clip"] = ("Clip", ["x_min", "x_max"]),
            ["elu"] = ("Elu", ["alpha"]),
            ["hard_shrink"] = ("HardShrink", ["threshold"]),
            ["leaky_relu"] = ("LeakyRelu", ["negative_slope"]),
            ["soft_shrink"] = ("SoftShrink", ["threshold"]),
            ["squareplus"] = ("Squareplus", ["b"]),
            ["threshold"] = ("Threshold", ["threshold", "default_value"]),
        }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Reductions = new Dictionary<string, string>
    {
        ["all"] = "All",
        ["any"] = "Any",
        ["max"] = "Max",
        ["mean"] = "Mean",
        ["min"] = "Min",
        ["prod"] = "Prod",
        ["sum"] = "Sum",
    }.ToFrozenDictionary();

    private readonly List<KerasOperationNode> steps = [];
    private readonly Func<string, string> unusedName;
    private readonly OperationNode node;
    private readonly object?[] parameters;

    private OperationTranslation(OperationNode node, Func<string, string> unusedName) =>
        (this.node, this.unusedName, parameters) = (node, unusedName, node.Operation.Parameters);

    /// <summary>The operations, of which the last has the result; null if Keras has none.</summary>
    /// <param name="node">The operation.</param>
    /// <param name="unusedName">Makes a name that is used nowhere else, from the one that is wanted.</param>
    public static IReadOnlyList<KerasOperationNode>? Of(OperationNode node, Func<string, string> unusedName)
    {
        var translation = new OperationTranslation(node, unusedName);
        return translation.Translate() ? translation.steps : null;
    }

    private bool Translate()
    {
        var inputs = node.Inputs;
        var name = node.Operation.Name;
        switch (name)
        {
            case "cast":
                return Add("Cast", [("dtype", ((DType)parameters[0]!).KerasName())], inputs[0]);
            case "gelu":
                return Add("Gelu", [("approximate", false)], inputs[0]);
            case "gelu_tanh":
                return Add("Gelu", [("approximate", true)], inputs[0]);
            case "round":
                return Add("Round", [("decimals", 0)], inputs[0]);
            case "mish":
                return Add("Softplus", [], inputs[0]) && Add("Tanh", [], Last) && Add("Multiply", [], inputs[0], Last);
            case "squared_difference":
                return Add("Subtract", [], inputs[0], inputs[1]) && Add("Square", [], Last);
            case "multiply_add":
                return Add("Multiply", [], inputs[0], inputs[1]) && Add("Add", [], Last, inputs[2]);
            case "softmax" or "log_softmax":
                return Add(name == "softmax" ? "Softmax" : "LogSoftmax", [("axis", -1)], inputs[0]);
            case "log_sum_exp":
                return Add("Logsumexp", [("axis", -1), ("keepdims", false)], inputs[0]);
            case "arg_max" or "arg_min":
                return Add(name == "arg_max" ? "Argmax" : "Argmin", [("axis", (int)parameters[0]!), ("keepdims", false)], inputs[0]);
            case "cumulative_sum":
                return parameters is [var axis, false, false] && Add("Cumsum", [("axis", (int)axis!), ("dtype", null)], inputs[0]);
            case "one_hot":
                return Add(
                    "OneHot",
                    [("num_classes", (int)parameters[0]!), ("axis", -1), ("dtype", ((DType)parameters[1]!).KerasName()), ("sparse", false)],
                    inputs[0]);
            case "matmul":
                return Product();
            case "relu" when parameters is [0.0, _, double maximum, 0.0, _] && double.IsFinite(maximum):
                return Add("Clip", [("x_min", 0.0), ("x_max", maximum)], inputs[0]);
            case "relu" when parameters.Length > 0:
                return false;
        }
        if (Reductions.TryGetValue(name, out var reduction))
            return Reduce(reduction);
        if (Functions.TryGetValue(name, out var function))
            return Add(function, [], [.. inputs]);
        if (Parameterized.TryGetValue(name, out var parameterized))
            return Add(
                parameterized.ClassName, [.. parameterized.Parameters.Zip(parameters, static (key, value) => (key, (JsonNode?)(double)value!))], inputs[0]);
        return Binary.TryGetValue(name, out var binary) ? Combine(binary) : Move();
    }

    private Tensor Last => steps[^1].Outputs[0];

    private bool Combine(string className)
    {
        if (node.Inputs.Count == 2)
            return Add(className, [], node.Inputs[0], node.Inputs[1]);
        var number = JsonValue.Create((double)parameters[0]!);
        var function = node.Operation.GetType().GetGenericArguments()[0].GetGenericTypeDefinition();
        return function == typeof(BoundLeft<>) ? Add(className, [], number, node.Inputs[0]) : Add(className, [], node.Inputs[0], number);
    }

    private bool Reduce(string className)
    {
        var entries = new List<(string, JsonNode?)> { ("axis", Axes((int[])parameters[0]!)), ("keepdims", (bool)parameters[1]!) };
        if (className is "Max" or "Min")
            entries.Add(("initial", null));
        if (className == "Prod")
            entries.Add(("dtype", null));
        return Add(className, entries, node.Inputs[0]);
    }

    private bool Product()
    {
        if (node.Operation is not MatMulOp<Identity>)
            return false;
        var (a, b) = (node.Inputs[0], node.Inputs[1]);
        if ((bool)parameters[0]!)
            a = Swapped(a);
        if ((bool)parameters[1]!)
            b = Swapped(b);
        Add("Matmul", [], a, b);
        return node.Inputs.Count < 3 || Add("Add", [], Last, node.Inputs[2]);
    }

    private Tensor Swapped(Tensor tensor)
    {
        Add("Swapaxes", [("axis1", -1), ("axis2", -2)], tensor);
        return Last;
    }

    // Operations that move elements.
    private bool Move()
    {
        var x = node.Inputs[0];
        switch (node.Operation.Name)
        {
            case "reshape":
                return Add("Reshape", [("newshape", Sizes((Shape)parameters[0]!))], x);
            case "merge_axes" when node.Output.Shape.Count(static size => size == Shape.Unknown) <= 1:
                return Add("Reshape", [("newshape", Sizes(node.Output.Shape))], x);
            // Keras has no word for the size of the batch there.
            case "broadcast_to" when ((Shape)parameters[0]!).IsKnown:
                return Add("BroadcastTo", [("shape", Sizes((Shape)parameters[0]!))], x);
            case "transpose":
                return Add("Transpose", [("axes", Numbers((int[])parameters[0]!))], x);
            case "expand_dims":
                return Add("ExpandDims", [("axis", (int)parameters[0]!)], x);
            case "squeeze":
                return Add("Squeeze", [("axis", Axes((int[])parameters[0]!))], x);
            case "concat":
                return Add("Concatenate", [("axis", (int)parameters[0]!)], node.Inputs.Cast<object?>().ToList());
            case "gather":
                return Add("Take", [("axis", (int)parameters[0]!)], x, node.Inputs[1]);
            case "take_along_axis":
                return Add("TakeAlongAxis", [("axis", (int)parameters[0]!)], x, node.Inputs[1]);
            case "pad":
                var widths = new JsonArray([.. ((int Before, int After)[])parameters[0]! is { } pairs
                    ? pairs.Select(static pair => new JsonArray(pair.Before, pair.After)) : []]);
                return Add("Pad", [("pad_width", widths), ("mode", "constant")], x, JsonValue.Create((double)parameters[1]!));
            case "slice":
                return Slice(x);
            default:
                return false;
        }
    }

    private bool Slice(Tensor x)
    {
        var (axis, range, step) = (x.Shape.Axis((int)parameters[0]!), (Range)parameters[1]!, (int)parameters[2]!);
        if (step < 0)
            return step == -1 && range.Equals(Range.All) && Add("Flip", [("axis", axis)], x);
        var key = new List<object?>();
        for (var before = 0; before < axis; before++)
            key.Add(PythonSlice(null, null, null));
        key.Add(PythonSlice(
            range.Start.Equals(Index.Start) ? null : Bound(range.Start), range.End.Equals(Index.End) ? null : Bound(range.End),
            step == 1 ? null : step));
        return Add("GetItem", [], x, key);
    }

    private static int Bound(Index index) => index.IsFromEnd ? -index.Value : index.Value;

    private static JsonObject PythonSlice(int? start, int? stop, int? step) => new()
    {
        ["class_name"] = "__slice__",
        ["config"] = new JsonObject { ["start"] = start, ["stop"] = stop, ["step"] = step },
    };

    private static JsonNode? Axes(int[] axes) => axes switch
    {
        [] => null,
        [var axis] => axis,
        _ => Numbers(axes),
    };

    private static JsonArray Numbers(int[] numbers) => new([.. numbers.Select(static number => (JsonNode)number)]);

    private static JsonArray Sizes(Shape shape) => Numbers(shape.ToArray());

    private bool Add(string className, IReadOnlyList<(string Key, JsonNode? Value)> entries, params object?[] arguments)
    {
        var name = unusedName(Identifiers.ToSnakeCase(className));
        var config = new JsonObject { ["name"] = name };
        foreach (var (key, value) in entries)
            config[key] = value;
        steps.Add(new KerasOperationNode(name, KerasOperations.Of(className), config, new CallArguments([.. arguments], [])));
        return true;
    }
}
