using System.Runtime.CompilerServices;
using GpuKeras.Losses;

namespace GpuKeras;

/// <summary>The losses of a model: one, a list in the order of the outputs, or by output name.</summary>
/// <remarks>Keras' identifiers convert: <c>loss: "mse"</c>; <c>new() { ["label"] = "binary_crossentropy" }</c>.</remarks>
[CollectionBuilder(typeof(LossSet), nameof(FromList))]
public sealed class LossSet : PerOutput<Loss?>
{
    /// <summary>Losses by output name, to be filled in.</summary>
    public LossSet()
    {
    }

    private LossSet(ReadOnlySpan<Loss?> list, bool isSingle)
        : base(list, isSingle)
    {
    }

    /// <summary>A loss for each output, in order; collection expressions call it.</summary>
    public static LossSet FromList(ReadOnlySpan<Loss?> losses) => new(losses, isSingle: false);

    /// <summary>The loss with Keras' identifier, for every output.</summary>
    public static implicit operator LossSet(string identifier) => new([identifier], isSingle: true);

    /// <summary>One loss for every output.</summary>
    public static implicit operator LossSet(Loss loss) => new([loss], isSingle: true);
}
