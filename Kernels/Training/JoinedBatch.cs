using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Training;

/// <summary>A few computations that one launch of a device runs, by value among its arguments.</summary>
/// <typeparam name="TPlaces">The room for them.</typeparam>
/// <typeparam name="TItem">The computation.</typeparam>
internal struct JoinedBatch<TPlaces, TItem> : IItemStep
    where TPlaces : struct, IJoinedPlaces<TPlaces, TItem>
    where TItem : struct, IItemStep
{
    private TPlaces places;

    /// <summary>The number of computations.</summary>
    public int Count { get; private set; }

    /// <summary>The number of items of all computations.</summary>
    public int Length { get; private set; }

    /// <summary>The most bytes of arguments that a launch may have: what the struct holds, and the count of items.</summary>
    public static int ArgumentBytes => Unsafe.SizeOf<TPlaces>() + sizeof(int);

    /// <summary>Adds a computation of <paramref name="items"/> items, for which there must be room.</summary>
    public void Add(in TItem item, int items)
    {
        places = places.With(Count, item, Length);
        Count++;
        Length += items;
    }

    /// <inheritdoc/>
    public readonly void Run(int index) => places.Run(index);
}
