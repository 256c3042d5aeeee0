using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace GpuKeras;

/// <summary>One tensor, a list of tensors, or tensors by name: the inputs, outputs, targets or weights of a model.</summary>
/// <remarks>
/// A tensor converts by itself, <c>[a, b]</c> makes a list, and <c>new() { ["x"] = a, ["y"] = b }</c> names the tensors.
/// Named tensors are kept in the order of their names, as Keras flattens dictionaries.
/// </remarks>
[CollectionBuilder(typeof(TensorStructure), nameof(FromList))]
public sealed class TensorStructure : IReadOnlyCollection<Tensor>
{
    private readonly List<Tensor> tensors;
    private readonly List<string>? names;
    private readonly bool isSingle;

    /// <summary>An empty structure to which names are added.</summary>
    public TensorStructure()
        : this([], [], isSingle: false)
    {
    }

    private TensorStructure(List<Tensor> tensors, List<string>? names, bool isSingle) =>
        (this.tensors, this.names, this.isSingle) = (tensors, names, isSingle);

    /// <summary>The number of tensors.</summary>
    public int Count => tensors.Count;

    /// <summary>Whether this is one tensor by itself.</summary>
    public bool IsSingle => isSingle;

    /// <summary>The names in order, or null if the tensors have none.</summary>
    public IReadOnlyList<string>? Names => names;

    /// <summary>The tensors in order; named ones in the order of their names.</summary>
    public IReadOnlyList<Tensor> Tensors => tensors;

    /// <summary>The only tensor.</summary>
    /// <exception cref="InvalidOperationException">There is not exactly one.</exception>
    public Tensor Single => tensors.Count == 1
        ? tensors[0]
        : throw new InvalidOperationException($"one tensor is needed; got {Describe()}. Hint: take one by its index or name.");

    /// <summary>The tensor at a position.</summary>
    public Tensor this[int index] => tensors[index];

    /// <summary>The tensor with a name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such name.</exception>
    public Tensor this[string name]
    {
        get => TryGet(name, out var tensor)
            ? tensor
            : throw new KeyNotFoundException($"no tensor is called '{name}'; got {Describe()}");
        set
        {
            if (names is null)
                throw new InvalidOperationException("only a structure made with new() takes names");
            ArgumentNullException.ThrowIfNull(value);
            var at = names.BinarySearch(name, StringComparer.Ordinal);
            if (at >= 0)
            {
                tensors[at] = value;
                return;
            }
            names.Insert(~at, name);
            tensors.Insert(~at, value);
        }
    }

    /// <summary>A list of tensors; collection expressions call it.</summary>
    public static TensorStructure FromList(ReadOnlySpan<Tensor> tensors) => new([.. tensors], null, isSingle: false);

    /// <summary>Tensors by name.</summary>
    public static TensorStructure FromNames(IEnumerable<KeyValuePair<string, Tensor>> named)
    {
        ArgumentNullException.ThrowIfNull(named);
        var structure = new TensorStructure();
        foreach (var (name, tensor) in named)
            structure[name] = tensor;
        return structure;
    }

    /// <summary>One tensor by itself.</summary>
    public static TensorStructure FromTensor(Tensor tensor) => new([tensor], null, isSingle: true);

    /// <summary>One tensor by itself.</summary>
    [return: NotNullIfNotNull(nameof(tensor))]
    public static implicit operator TensorStructure?(Tensor? tensor) => tensor is null ? null : FromTensor(tensor);

    /// <summary>A list of tensors.</summary>
    public static implicit operator TensorStructure(Tensor[] tensors) => FromList(tensors);

    /// <summary>Tensors by name.</summary>
    public static implicit operator TensorStructure(Dictionary<string, Tensor> named) => FromNames(named);

    /// <summary>Finds the tensor with a name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out Tensor? tensor)
    {
        var at = names?.BinarySearch(name, StringComparer.Ordinal) ?? -1;
        tensor = at >= 0 ? tensors[at] : null;
        return at >= 0;
    }

    /// <summary>A structure of the same form with each tensor replaced.</summary>
    public TensorStructure Map(Func<Tensor, Tensor> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var changed = new List<Tensor>(tensors.Count);
        foreach (var tensor in tensors)
            changed.Add(change(tensor));
        return new TensorStructure(changed, names, isSingle);
    }

    /// <summary>A structure of the same form with other tensors, in the order of <see cref="Tensors"/>.</summary>
    public TensorStructure With(IReadOnlyList<Tensor> replacements)
    {
        ArgumentNullException.ThrowIfNull(replacements);
        if (replacements.Count != Count)
            throw new ArgumentException($"the structure has {Count} tensors; got {replacements.Count}", nameof(replacements));
        return new TensorStructure([.. replacements], names, isSingle);
    }

    /// <inheritdoc/>
    public IEnumerator<Tensor> GetEnumerator() => tensors.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The form and the shapes, such as <c>{x: [2, 3], y: [2]}</c>.</summary>
    public override string ToString() => Describe();

    private string Describe()
    {
        if (isSingle)
            return tensors[0].Shape.ToString();
        var parts = tensors.Select((tensor, i) => names is null ? tensor.Shape.ToString() : $"{names[i]}: {tensor.Shape}");
        return names is null ? $"[{string.Join(", ", parts)}]" : $"{{{string.Join(", ", parts)}}}";
    }
}
