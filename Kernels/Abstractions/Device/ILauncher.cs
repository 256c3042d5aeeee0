namespace GpuKeras.Kernels;

/// <summary>Where a kernel's device body queues its work: a device as kernels see it.</summary>
/// <remarks>
/// A body is a static method whose last parameter is a struct of views, scalars and structs of these (usually the kernel itself).
/// Passing the method group each time costs nothing: C# keeps one delegate for it, and the device keeps what it compiled for the
/// delegate. Launches run in the order in which they were queued; each sees what those before it wrote.
/// </remarks>
public interface ILauncher
{
    /// <summary>What the device is good at: chooses between variants of a body and their sizes.</summary>
    DeviceProfile Profile { get; }

    /// <summary>Runs <paramref name="body"/> once for each index 0 … <paramref name="count"/> − 1; without barriers or shared memory.</summary>
    /// <typeparam name="TArguments">The arguments.</typeparam>
    /// <param name="count">How many indices, at most 2³¹ − 1; nothing happens for 0.</param>
    /// <param name="body">The static method that one item runs.</param>
    /// <param name="arguments">Its arguments, copied when queued.</param>
    void Launch<TArguments>(long count, Action<Index1D, TArguments> body, in TArguments arguments)
        where TArguments : struct;

    /// <summary>Runs <paramref name="body"/> in each item of a grid of groups.</summary>
    /// <typeparam name="TArguments">The arguments.</typeparam>
    /// <param name="config">The numbers of groups and of items in each; nothing happens for an empty grid.</param>
    /// <param name="body">The static method that one item runs.</param>
    /// <param name="arguments">Its arguments, copied when queued.</param>
    void Launch<TArguments>(KernelConfig config, Action<TArguments> body, in TArguments arguments)
        where TArguments : struct;

    /// <summary>Memory for what one launch leaves to the next, with undefined contents; it is this device body's until it returns.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="length">The number of elements.</param>
    ArrayView<T> Scratch<T>(long length)
        where T : unmanaged;

    /// <summary>A place where items report a bad value, such as an index out of range; the device throws when it next synchronises.</summary>
    /// <param name="describe">Makes the exception from the reported value and the position where it stood.</param>
    FaultCell Fault(Func<long, long, Exception> describe);

    /// <summary>Which way to queue a computation: the fastest that this device has measured, otherwise the first, number 0.</summary>
    /// <typeparam name="TTunable">The computation.</typeparam>
    /// <param name="tunable">Its ways; may be tried before this returns.</param>
    int Choose<TTunable>(in TTunable tunable)
        where TTunable : struct, ITunable => 0;
}
