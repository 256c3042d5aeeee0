namespace GpuKeras.Tests.Operations;

/// <summary>Every operation of the engine, one line each; each family has its file.</summary>
internal static partial class OpCases
{
    /// <summary>All cases. A new family adds its list here.</summary>
    public static IReadOnlyList<OpCase> All { get; } =
    [
        .. Elementwise(),
        .. Structure(),
        .. Reductions(),
        .. Movements(),
        .. Indexing(),
        .. Normalizations(),
        .. Attentions(),
        .. Linear(),
        .. Convolution(),
        .. Pooling(),
        .. Recurrent(),
    ];
}
