using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

// Operations that move elements.
internal static partial class KerasOperations
{
    private static void AddStructure()
    {
        Add("numpy", "Reshape", static call => call.Tensor(0, "x").Reshape(Sizes(call.Parameter("newshape"))));
        Add("numpy", "BroadcastTo", static call => Broadcast(call.Tensor(0, "x"), Sizes(call.Parameter("shape"))));
        Add("numpy", "Transpose", static call => call.Tensor(0, "x") is var x && call.Axes("axes") is { } axes
            ? x.Transpose(axes)
            : x.Transpose([.. Enumerable.Range(0, x.Rank).Reverse()]));
        Add("numpy", "Swapaxes", static call => Swapped(call.Tensor(0, "x"), call.Parameter("axis1").Integer(), call.Parameter("axis2").Integer()));
        Add("numpy", "ExpandDims", static call => (call.Axes("axis") ?? [0]).Aggregate(call.Tensor(0, "x"), static (x, axis) => x.ExpandDims(axis)));
        Add("numpy", "Squeeze", static call => call.Tensor(0, "x") is var x && call.Axes("axis") is { } axes ? x.Squeeze(axes) : x.Squeeze());
        Add("numpy", "Concatenate", static call => Tensor.Concat(call.Tensors(0, "xs"), call.Integer("axis", 0)));
        Add("numpy", "Stack", static call => Tensor.Stack(call.Tensors(0, "x"), call.Integer("axis", 0)));
        Add("numpy", "Split", Split);
        Add("numpy", "GetItem", static call => GetItem(call.Tensor(0, "x"), call.Argument(1, "key")));
        Add("numpy", "Take", static call => call.Axes("axis") is [var axis]
            ? call.Tensor(0, "x").Gather(call.Tensor(1, "indices"), axis)
            : throw new NotSupportedException("Take: needs one axis"));
        Add("numpy", "TakeAlongAxis", static call => call.Axes("axis") is [var axis]
            ? call.Tensor(0, "x").TakeAlongAxis(call.Tensor(1, "indices"), axis)
            : throw new NotSupportedException("TakeAlongAxis: needs one axis"));
        Add("numpy", "Flip", static call => call.Tensor(0, "x") is var x && call.Axes("axis") is { } axes
            ? x.Flip(axes)
            : x.Flip([.. Enumerable.Range(0, x.Rank)]));
        Add("numpy", "Repeat", static call => call.Axes("axis") is [var axis]
            ? call.Tensor(0, "x").Repeat(Small(call.Parameter("repeats")), axis)
            : throw new NotSupportedException("Repeat: needs one axis"));
        Add("numpy", "Tile", static call => call.Tensor(0, "x").Tile((call.Axes("repeats") ?? []).AsSpan()));
        Add("numpy", "Pad", Pad);
        Add("nn", "OneHot", static call => call.Tensor(0, "x").OneHot(
            call.Parameter("num_classes").Integer(), call.Integer("axis", -1),
            call.Parameter("dtype").IsNull ? DType.Float32 : DTypes.Parse(call.Parameter("dtype").Text())));
    }

    private static Shape Sizes(ConfigReader shape) => new([.. shape.Items().Select(static size => size.IsNull ? Shape.Unknown : size.Integer())]);

    // Unknown sizes, as of the batch, are those of the input.
    private static Tensor Broadcast(Tensor x, Shape shape)
    {
        var missing = shape.Rank - x.Rank;
        for (var axis = Math.Max(0, missing); axis < shape.Rank; axis++)
            if (shape[axis] == Shape.Unknown)
                shape = shape.With(axis, x.Shape[axis - missing]);
        return x.BroadcastTo(shape);
    }

    private static Tensor Swapped(Tensor x, int first, int second)
    {
        int[] order = [.. Enumerable.Range(0, x.Rank)];
        var (a, b) = (x.Shape.Axis(first), x.Shape.Axis(second));
        (order[a], order[b]) = (order[b], order[a]);
        return x.Transpose(order);
    }

    private static IReadOnlyList<Tensor> Split(OperationCall call)
    {
        var x = call.Tensor(0, "x");
        var axis = x.Shape.Axis(call.Integer("axis", 0));
        var size = x.Shape[axis];
        var sections = call.Parameter("indices_or_sections");
        int[] starts;
        if (sections.Value is JsonArray)
            starts = [0, .. sections.Items().Select(static start => start.Integer()), size];
        else
        {
            var parts = Small(sections);
            if (parts < 1 || size % parts != 0)
                throw new NotSupportedException($"Split: an axis of {size} does not split into {parts} equal parts");
            starts = [.. Enumerable.Range(0, parts + 1).Select(part => part * (size / parts))];
        }
        return [.. Enumerable.Range(0, starts.Length - 1).Select(part => x.Slice(axis, starts[part]..starts[part + 1]))];
    }

    // Parts and repetitions are steps of their own here: a file must not ask for millions.
    private static int Small(ConfigReader number) => number.Integer() is > 0 and <= 10_000 and var count ? count : throw number.Expected("from 1 to 10000");

    private static Tensor Pad(OperationCall call)
    {
        var x = call.Tensor(0, "x");
        if (!call.Parameter("mode").IsNull && call.Parameter("mode").Text() != "constant")
            throw new NotSupportedException($"Pad: the mode must be 'constant'; got '{call.Parameter("mode").Text()}'");
        var widths = call.Parameter("pad_width");
        var each = widths.Value is JsonArray
            ? widths.Items().Select(static width => width.Value is JsonArray
                ? width.Items().Select(static side => side.Integer()).ToArray()
                : [width.Integer(), width.Integer()]).ToArray()
            : [[widths.Integer(), widths.Integer()]];
        // One pair is for all axes.
        if (each.Length == 1)
            each = [.. Enumerable.Repeat(each[0], x.Rank)];
        if (each.Length != x.Rank || each.Any(static sides => sides is not [>= 0, >= 0]))
            throw new FormatException("Pad: needs two sizes of 0 or more for each axis");
        return x.Pad([.. each.Select(static sides => (sides[0], sides[1]))], call.Number(1, "constant_values") ?? 0);
    }

    /// <summary>Python's indexing: numbers, slices, an ellipsis and new axes.</summary>
    private static Tensor GetItem(Tensor x, object? key)
    {
        var parts = key as List<object?> ?? [key];
        var taken = parts.Count(static part => part is not null && !IsEllipsis(part));
        var axis = 0;
        foreach (var part in parts)
        {
            if (part is null)
                x = x.ExpandDims(axis++);
            else if (IsEllipsis(part))
                axis += x.Rank - axis - parts.SkipWhile(entry => !ReferenceEquals(entry, part)).Skip(1).Count(static entry => entry is not null);
            else if (part is JsonObject slice)
                x = Sliced(x, axis++, new ConfigReader(slice["config"], "key"));
            else if (part is JsonValue index)
                x = Picked(x, axis, new ConfigReader(index, "key").Integer());
            else
                throw new NotSupportedException("GetItem: an index must be a number, a slice, an ellipsis or null");
        }
        return taken > 0 || parts.Count > 0 ? x : throw new FormatException("GetItem: the key is empty");
    }

    private static bool IsEllipsis(object? part) => part is JsonObject named && (string?)(named["class_name"] as JsonValue) == "__ellipsis__";

    private static Tensor Picked(Tensor x, int axis, int index)
    {
        if (axis >= x.Rank)
            throw new FormatException($"GetItem: shape {x.Shape} has no axis {axis}");
        return x.Slice(axis, index == -1 ? ^1.. : index < 0 ? ^-index..^(-index - 1) : index..(index + 1)).Squeeze(axis);
    }

    private static Tensor Sliced(Tensor x, int axis, ConfigReader slice)
    {
        if (axis >= x.Rank)
            throw new FormatException($"GetItem: shape {x.Shape} has no axis {axis}");
        var size = x.Shape[axis];
        var step = slice["step"].IsNull ? 1 : slice["step"].Integer();
        if (step < 0 && slice["start"].IsNull && slice["stop"].IsNull)
            return x.Slice(axis, Range.All, step);
        if (step < 1)
            throw new NotSupportedException($"GetItem: a slice with a negative step must be of the whole axis; got step {step}");
        // As in Python, a slice that reaches beyond an end stops there.
        int Bound(ConfigReader bound, int otherwise) => bound.IsNull
            ? otherwise
            : Math.Clamp(bound.Integer() < 0 ? bound.Integer() + size : bound.Integer(), 0, size);
        var (start, stop) = (Bound(slice["start"], 0), Bound(slice["stop"], size));
        return x.Slice(axis, start..Math.Max(start, stop), step);
    }
}
