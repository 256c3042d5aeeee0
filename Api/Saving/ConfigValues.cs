using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>Single configuration values as Keras writes them in JSON, and back.</summary>
internal static class ConfigValues
{
    public static string SnakeCase(string camelCase)
    {
        var text = new StringBuilder();
        foreach (var letter in camelCase)
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append('_');
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }

    public static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        bool flag => flag,
        int number => number,
        long number => number,
        double number => Float(number),
        float number => Float(number),
        string text => text,
        DType dtype => dtype.KerasName(),
        Enum choice => SnakeCase(choice.ToString()),
        IConfigValue own => own.ToJson(),
        Shape shape => new JsonArray([.. shape.Select(static size => size == Shape.Unknown ? null : (JsonNode)size)]),
        IKerasObject instance => KerasConfig.Serialize(instance),
        Tensor tensor => Nested(tensor.ToDoubles(), tensor.Shape),
        IEnumerable sequence => new JsonArray([.. sequence.Cast<object?>().Select(ToJson)]),
        _ => throw new InvalidOperationException($"a configuration cannot hold a {value.GetType().Name}"),
    };

    public static object? FromJson(JsonNode? value, Type type)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (value is null)
            return type.IsEnum ? Choice("none", type) : null;
        if (target == typeof(Shape))
            return new Shape([.. value.AsArray().Select(static size => size is null ? Shape.Unknown : (int)size)]);
        if (target == typeof(DType))
            return DTypes.Parse(DTypeName(value)!);
        if (target.IsEnum)
            return Choice((string)value!, target);
        if (target == typeof(Tensor))
            return FromNested(value);
        if (target.GetMethod("FromJson", [typeof(JsonNode)]) is { IsStatic: true } own && typeof(IConfigValue).IsAssignableFrom(target))
            // None of these has a part that is null; what reads them need not look for it.
            return HoldsNull(value)
                ? throw new FormatException("a list must not hold null")
                : own.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [value], null);
        if (typeof(IKerasObject).IsAssignableFrom(target))
            return value is JsonObject serialized && (string?)(serialized["class_name"] as JsonValue) != "function"
                ? KerasConfig.Deserialize(serialized, target)
                : ByIdentifier(value is JsonObject function ? function["config"]! : value, target);
        if (target.IsArray || (target.IsGenericType && target.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)))
            return ArrayOf(value as JsonArray ?? [value.DeepClone()], target.IsArray ? target.GetElementType()! : target.GetGenericArguments()[0]);
        return value.Deserialize(target, PlainJson.Default);
    }

    // As Python writes it: 2.0 and 1e-05. Some of Keras' constructors take no whole number for a float.
    private static JsonNode Float(double number)
    {
        if (!double.IsFinite(number))
            return number;
        var text = number.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');
        return JsonNode.Parse(text.AsSpan().ContainsAny('.', 'e') ? text : text + ".0")!;
    }

    /// <summary>A dtype as Keras writes it for layers: a policy.</summary>
    public static JsonObject DTypePolicy(DType dtype) => new()
    {
        ["module"] = "keras",
        ["class_name"] = "DTypePolicy",
        ["config"] = new JsonObject { ["name"] = dtype.KerasName() },
        ["registered_name"] = null,
    };

    /// <summary>The name in a dtype value, which Keras writes as a string or as a policy object.</summary>
    public static string? DTypeName(JsonNode? value) => value switch
    {
        null => null,
        JsonObject policy => (string?)policy["config"]?["name"],
        _ => (string?)value,
    };

    // A tensor as nested lists, a scalar as a number.
    private static JsonNode Nested(ReadOnlySpan<double> values, in Shape shape)
    {
        if (shape.Rank == 0)
            return values[0];
        var list = new JsonArray();
        var stride = values.Length / Math.Max(1, shape[0]);
        for (var i = 0; i < shape[0]; i++)
            list.Add(Nested(values.Slice(i * stride, stride), shape[1..]));
        return list;
    }

    private static Tensor FromNested(JsonNode value)
    {
        var sizes = new List<int>();
        for (var level = value; level is JsonArray list; level = list.Count > 0 ? list[0] : null)
            sizes.Add(list.Count);
        var values = new List<float>();
        Flatten(value, depth: 0);
        return Tensor.From(values.ToArray(), new Shape([.. sizes]));

        void Flatten(JsonNode? level, int depth)
        {
            if (level is not JsonArray list)
                values.Add((float)(double)(level ?? throw new FormatException("a tensor must not hold null")));
            else if (depth < sizes.Count && list.Count == sizes[depth])
                foreach (var entry in list)
                    Flatten(entry, depth + 1);
            else
                throw new FormatException("a tensor must be a number or nested lists of equal lengths");
        }
    }

    // Keras writes null for a choice of none.
    private static object Choice(string written, Type target)
    {
        foreach (var choice in Enum.GetValues(target))
            if (SnakeCase(choice.ToString()!) == written)
                return choice;
        throw new FormatException($"'{written}' is none of {string.Join(", ", Enum.GetNames(target).Select(SnakeCase))}");
    }

    private static bool HoldsNull(JsonNode? value) => value is null || value is JsonArray list && list.Any(HoldsNull);

    private static object ByIdentifier(JsonNode value, Type target)
    {
        var conversion = target.GetMethod("op_Implicit", [typeof(string)])
            ?? throw new InvalidOperationException($"{target.Name} has no string identifiers");
        return conversion.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [(string)value!], null)!;
    }

    private static Array ArrayOf(JsonArray values, Type element)
    {
        var array = Array.CreateInstance(element, values.Count);
        for (var i = 0; i < values.Count; i++)
            array.SetValue(FromJson(values[i], element), i);
        return array;
    }
}
