namespace GpuKeras.Kernels.Training;

/// <summary>Room for a fixed number of computations, which share a range of items one after the other.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
/// <typeparam name="TItem">The computation.</typeparam>
internal interface IJoinedPlaces<TSelf, TItem> : IItemStep
    where TSelf : struct, IJoinedPlaces<TSelf, TItem>
    where TItem : struct, IItemStep
{
    /// <summary>How many computations there is room for.</summary>
    static abstract int Size { get; }

    /// <summary>The first item of the first place.</summary>
    int Start { get; }

    /// <summary>These with a computation in one place and in all that follow: they must hold something, and the last stands for all that start with it.</summary>
    /// <param name="place">The first of the places.</param>
    /// <param name="item">The computation.</param>
    /// <param name="start">Its first item.</param>
    TSelf With(int place, in TItem item, int start);
}
