using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>The operations of <c>keras.ops</c> that a model's graph may have between its layers: a closed table.</summary>
internal static partial class KerasOperations
{
    private static readonly Dictionary<string, KerasOperation> Known = new(StringComparer.Ordinal);

    static KerasOperations()
    {
        AddArithmetic();
        AddFunctions();
        AddReductions();
        AddStructure();
    }

    /// <summary>The operation that an entry of a model's layers names; null for a layer.</summary>
    public static KerasOperation? Find(ConfigReader entry) =>
        IsOperation(entry) ? Known.GetValueOrDefault(entry["class_name"].Text()) ?? throw entry.Error("no such operation") : null;

    /// <summary>Whether an entry is an operation, known or not.</summary>
    public static bool IsOperation(ConfigReader entry) =>
        entry["module"].Value is JsonValue module && module.TryGetValue(out string? name) && name.StartsWith("keras.src.ops.", StringComparison.Ordinal);

    public static KerasOperation Of(string className) => Known[className];

    public static bool IsKnown(string className) => Known.ContainsKey(className);

    private static void Add(string module, string className, Func<OperationCall, IReadOnlyList<Tensor>> compute) =>
        Known.Add(className, new($"keras.src.ops.{module}", className, compute));

    private static void Add(string module, string className, Func<OperationCall, Tensor> compute) => Add(module, className, call => [compute(call)]);

    /// <summary>A function of one tensor.</summary>
    private static void AddMap(string module, string className, Func<Tensor, Tensor> function, string argument = "x") =>
        Add(module, className, call => function(call.Tensor(0, argument)));
}
