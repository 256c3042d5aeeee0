using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>Finds everything in a configuration that cannot be made here, before anything is made.</summary>
internal static class ConfigCheck
{
    /// <summary>Checks that every class which a configuration names is known, operations included.</summary>
    /// <exception cref="ModelConfigException">Some are not; all of them are named, with the layers and places.</exception>
    public static void RequireKnownClasses(JsonObject config, bool withCompilation)
    {
        var problems = new List<(string Path, string Problem)>();
        var pending = new Stack<ConfigReader>([new(config, "$")]);
        while (pending.TryPop(out var value))
        {
            if (value.Value is JsonArray)
            {
                foreach (var item in value.Items().Reverse())
                    pending.Push(item);
            }
            else if (value.Value is JsonObject)
            {
                if (Problem(value) is { } problem)
                    problems.Add((value.Path, problem));
                foreach (var (key, entry) in value.Entries().Reverse())
                    if (withCompilation || key != "compile_config")
                        pending.Push(entry);
            }
        }
        if (problems.Count > 0)
            throw new ModelConfigException([.. problems.Select(static found => $"{found.Path} {found.Problem}")]);
    }

    /// <summary>Why a serialized object cannot be made; null if it can, or if it is none.</summary>
    private static string? Problem(ConfigReader value)
    {
        if (value["class_name"].Value is not JsonValue name || !name.TryGetValue(out string? className) || !value.Object().ContainsKey("config"))
            return null;
        // Python's own things, and policies, which are read where they are used.
        if (className is "__keras_tensor__" or "__tensor__" or "__numpy__" or "__slice__" or "__ellipsis__" or "DTypePolicy")
            return null;
        var module = (value["module"].Value as JsonValue)?.TryGetValue(out string? text) == true ? text : null;
        var registered = (value["registered_name"].Value as JsonValue)?.TryGetValue(out string? other) == true ? other : null;
        var label = $"{Quoted(value)}({(registered is not null && registered.Contains('>') ? registered : $"{module ?? "?"}>{className}")})";
        if (className is "Lambda" or "__lambda__")
            return $"{label}: code is not loaded from files. Hint: write a Layer subclass, and build the model in the program";
        if (className == "function")
            return FunctionNames.IsKnown(value["config"].Value) ? null : $"{label}: functions are not loaded from files. Hint: write a class, and register it with [KerasSerializable]";
        if (KerasOperations.IsOperation(value))
            return KerasOperations.IsKnown(className) ? null : $"{label}: there is no such operation here. Hint: write a Layer subclass, and build the model in the program";
        return KerasTypes.TryFind(registered ?? className, module) is not null
            ? null
            : $"{label}: the class is not known. Hint: register it with [KerasSerializable] or KerasTypes.Register";
    }

    private static string Quoted(ConfigReader value)
    {
        var name = value["name"].Value ?? (value["config"].Value as JsonObject)?["name"];
        return name is JsonValue text && text.TryGetValue(out string? given) ? $"'{given}' " : "";
    }
}
