namespace GpuKeras.Kernels;

/// <summary>A way to share the elements of a computation among items.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
/// <typeparam name="TStep">The computation.</typeparam>
internal interface IElementItems<TSelf, TStep> : IItemStep
{
    /// <summary>The items of a computation over <paramref name="length"/> elements.</summary>
    static abstract TSelf Of(in TStep step, int length);

    /// <summary>The number of items for <paramref name="length"/> elements.</summary>
    static abstract int Count(int length);
}
