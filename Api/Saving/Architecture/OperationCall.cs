using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>One use of an operation of Keras': its parameters, and what it is applied to.</summary>
/// <param name="Config">The parameters.</param>
/// <param name="Call">The arguments.</param>
internal sealed record OperationCall(JsonObject Config, CallArguments Call)
{
    /// <summary>An argument, by position or by name; null if it is not given.</summary>
    public object? Argument(int position, string name) =>
        position < Call.Positional.Count ? Call.Positional[position] : Call.Named.GetValueOrDefault(name);

    /// <summary>A tensor among the arguments; a literal becomes a constant.</summary>
    public Tensor Tensor(int position, string name) => Argument(position, name) switch
    {
        Tensor tensor => tensor,
        JsonNode literal => Constants.Read(literal),
        List<object?> list when !CallArguments.TensorsIn(list).Any() => Constants.Read(CallArguments.Literal(list)!),
        _ => throw new FormatException($"the argument '{name}' must be a tensor"),
    };

    /// <summary>The tensors of an argument that is a list.</summary>
    public Tensor[] Tensors(int position, string name) => Argument(position, name) is List<object?> list
        ? [.. list.Select(static entry => entry switch
        {
            Tensor tensor => tensor,
            JsonNode literal => Constants.Read(literal),
            _ => throw new FormatException("a list of tensors must hold tensors"),
        })]
        : throw new FormatException($"the argument '{name}' must be a list of tensors");

    /// <summary>A number among the arguments, or null if it is a tensor.</summary>
    public double? Number(int position, string name) => Argument(position, name) is JsonValue literal
        ? literal.TryGetValue(out bool flag) ? flag ? 1 : 0 : new ConfigReader(literal, name).Number()
        : null;

    /// <summary>A parameter.</summary>
    public ConfigReader Parameter(string name) => new(Config[name], name);

    public bool Flag(string name) => !Parameter(name).IsNull && Parameter(name).Flag();

    public int Integer(string name, int otherwise) => Parameter(name).IsNull ? otherwise : Parameter(name).Integer();

    public double Number(string name, double otherwise) => Parameter(name).IsNull ? otherwise : Parameter(name).Number();

    /// <summary>The axes in a parameter that is null for all, a number, or a list.</summary>
    public int[]? Axes(string name) => Parameter(name) switch
    {
        { IsNull: true } => null,
        { Value: JsonArray } list => [.. list.Items().Select(static axis => axis.Integer())],
        var axis => [axis.Integer()],
    };
}
