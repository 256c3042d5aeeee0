using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GpuKeras.Tests.Saving.Fuzz;

/// <summary>Changes JSON that stays JSON, mostly: types exchanged, numbers huge, keys doubled, nesting deep, parts moved.</summary>
/// <param name="others">Texts that parts are taken from.</param>
internal sealed class JsonMutator(IReadOnlyList<byte[]> others) : IMutator
{
    // Stands in the tree for text that a tree cannot hold; it is replaced in the written text.
    private const string Mark = "@@raw@@";
    private const int MostParts = 5000;

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 1000 };
    private static readonly JsonSerializerOptions Writing = new() { MaxDepth = 1000 };
    private static readonly string[] Strings =
        ["", "../../etc/passwd", "/etc/hostname", "__lambda__", "Lambda", "os.system", "builtins", "\u0000", "a/b", "\ud83d\ude00", "float32", "linear", "None", "custom>Class"];

    private readonly ByteMutator bytes = new(others);

    /// <inheritdoc/>
    public byte[] Mutate(Random random, byte[] input)
    {
        if (random.Next(10) == 0 || Parse(input) is not { } root)
            return bytes.Mutate(random, input);
        var parts = Parts(root).Take(MostParts).ToList();
        // The root itself has no place to be replaced in.
        if (parts.Count < 2)
            return bytes.Mutate(random, input);
        var raw = Change(random, parts[random.Next(1, parts.Count)], parts);
        var text = root.ToJsonString(Writing);
        return Encoding.UTF8.GetBytes(raw is null ? text : text.Replace($"\"{Mark}\"", raw, StringComparison.Ordinal));
    }

    private static JsonNode? Parse(byte[] input)
    {
        try
        {
            var root = JsonNode.Parse(input, documentOptions: Reading);
            // A tree reads its objects late, and finds doubled keys only then.
            return root is not null && Parts(root).Count() > 0 ? root : null;
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A place in the tree; a null has one too.</summary>
    private readonly record struct Part(JsonNode? Parent, string Key, int Index, JsonNode? Value)
    {
        public void Replace(JsonNode? value)
        {
            if (Parent is JsonObject owner)
                owner[Key] = value;
            else if (Parent is JsonArray list)
                list[Index] = value;
        }
    }

    private static IEnumerable<Part> Parts(JsonNode root)
    {
        var open = new Stack<Part>([new Part(null, "", 0, root)]);
        while (open.TryPop(out var part))
        {
            yield return part;
            if (part.Value is JsonObject owner)
                foreach (var (key, value) in owner.ToList())
                    open.Push(new Part(owner, key, 0, value));
            else if (part.Value is JsonArray list)
                for (var i = 0; i < list.Count; i++)
                    open.Push(new Part(list, "", i, list[i]));
        }
    }

    /// <summary>Changes a part; gives the text for the mark, if one was set.</summary>
    private string? Change(Random random, Part part, List<Part> parts)
    {
        switch (random.Next(13))
        {
            case 0 or 1 or 2:
                part.Replace(Mark);
                return InterestingNumbers.NextText(random);
            case 3:
                part.Replace(Value(random));
                return null;
            case 4:
                part.Replace(Strings[random.Next(Strings.Length)]);
                return null;
            case 5:
                Remove(part);
                return null;
            case 6 or 7:
                // What another part is, or a part of another text.
                part.Replace(Donor(random, parts)?.DeepClone());
                return null;
            case 8:
                part.Replace(Mark);
                return Nested(random, part.Value);
            case 9 when part.Parent is JsonObject owner:
                part.Replace(Mark);
                return $"{part.Value?.ToJsonString(Writing) ?? "null"},{JsonSerializer.Serialize(part.Key)}:{owner.First().Value?.ToJsonString(Writing) ?? "null"}";
            case 10 when part.Parent is JsonObject owner:
                owner.Remove(part.Key);
                owner[random.Next(2) == 0 ? Strings[random.Next(Strings.Length)] : parts[random.Next(parts.Count)].Key + "x"] = part.Value;
                return null;
            case 11 when part.Parent is JsonArray list:
                for (var i = random.Next(1, 20); i > 0; i--)
                    list.Add(part.Value?.DeepClone());
                return null;
            default:
                part.Replace(part.Value is JsonValue value && value.TryGetValue<string>(out var text) ? Edited(random, text, parts) : Value(random));
                return null;
        }
    }

    private JsonNode? Donor(Random random, List<Part> parts) =>
        random.Next(3) == 0 && Parse(others[random.Next(others.Count)]) is { } other
            ? Parts(other).ElementAt(random.Next(Math.Min(Parts(other).Count(), MostParts))).Value
            : parts[random.Next(parts.Count)].Value;

    private static JsonNode? Value(Random random) => random.Next(9) switch
    {
        0 => null,
        1 => true,
        2 => false,
        3 => InterestingNumbers.Next(random),
        4 => new JsonArray(),
        5 => new JsonObject(),
        6 => new JsonArray(InterestingNumbers.Next(random), null, "x"),
        7 => 0.5,
        _ => new string('x', 1 << random.Next(16)),
    };

    private static string Nested(Random random, JsonNode? value)
    {
        var depth = 1 << random.Next(15);
        var inner = value?.ToJsonString(Writing) ?? "null";
        return random.Next(2) == 0
            ? new string('[', depth) + inner + new string(']', depth)
            : string.Concat(Enumerable.Repeat("{\"config\":", depth)) + inner + new string('}', depth);
    }

    private static string Edited(Random random, string text, List<Part> parts)
    {
        var texts = parts.Select(static part => part.Value).OfType<JsonValue>().Where(static value => value.GetValueKind() == JsonValueKind.String).ToList();
        return random.Next(4) switch
        {
            0 when text.Length > 0 => text[..random.Next(text.Length)],
            1 => text + text,
            2 => text.ToUpperInvariant() + "_1",
            _ => texts.Count > 0 ? texts[random.Next(texts.Count)].GetValue<string>() : "",
        };
    }

    private static void Remove(Part part)
    {
        if (part.Parent is JsonObject owner)
            owner.Remove(part.Key);
        else if (part.Parent is JsonArray list)
            list.RemoveAt(part.Index);
    }
}
