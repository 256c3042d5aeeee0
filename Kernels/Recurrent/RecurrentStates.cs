namespace GpuKeras.Kernels.Recurrent;

/// <summary>A state at all steps, or at two places that are used in turn where no gradient needs the others.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <param name="states">The memory <c>[places, batch, units]</c>; empty if the cell has no such state.</param>
/// <param name="sizes">The sizes.</param>
internal readonly unsafe struct RecurrentStates<T>(ArrayView<T> states, RecurrentSizes sizes)
    where T : unmanaged
{
    private readonly ArrayView<T> states = states;
    private readonly int batch = sizes.Batch;
    private readonly int units = sizes.Units;

    private long Stride => (long)batch * units;

    /// <summary>The states of all samples <c>[batch, units]</c> at a place of <see cref="RecurrentSizes.StatesBefore"/>.</summary>
    public ArrayView<T> At(int place) => states.SubView(Start(place), Stride);

    /// <summary>One number at a place.</summary>
    public T* Pointer(int place, int sample, int unit) => states.Pointer + Start(place) + (long)sample * units + unit;

    private long Start(int place) => (states.Length > 2 * Stride ? place : place & 1) * Stride;
}
