namespace GpuKeras.Saving;

/// <summary>While a model is made from a file: what its weights may take, which is what the file holds for them.</summary>
/// <remarks>
/// An architecture is a few bytes and can demand terabytes; so a weight that the file cannot hold is refused before it is made. As all
/// values come from the file, weights start as zeros here, which is faster than drawing or orthogonalising them. For this thread only.
/// </remarks>
internal sealed class WeightAllowance : IDisposable
{
    // The states of stateful layers are weights of no file. This much is a batch of 1,024 at 16,384 units in four states.
    private const long StateElements = 1L << 26;

    [ThreadStatic]
    private static WeightAllowance? current;

    private readonly WeightAllowance? outer = current;
    private readonly string file;
    private readonly long elements;
    private long left;
    private long stateLeft = StateElements;

    /// <summary>Opens the allowance.</summary>
    /// <param name="file">The file's name for errors.</param>
    /// <param name="elements">How many elements the file holds in all.</param>
    public WeightAllowance(string file, long elements)
    {
        (this.file, this.elements, left) = (file, elements, elements);
        current = this;
    }

    /// <summary>Whether weights are being made for a file, so that their first values do not count.</summary>
    public static bool IsOpen => current is not null;

    /// <summary>Asks for a weight; without an open allowance everything is granted.</summary>
    /// <exception cref="FileFormatException">The file does not hold so much.</exception>
    public static void Take(string weight, in Shape shape)
    {
        if (current is { } open && !Subtract(ref open.left, shape))
            throw new FileFormatException(
                open.file, $"the architecture needs more than the {open.elements} numbers that the file holds: weight '{weight}' has shape {shape}",
                "the file is damaged, or not to be trusted");
    }

    /// <summary>Asks for a state that a layer keeps and no file holds.</summary>
    /// <inheritdoc cref="Take"/>
    public static void TakeState(string layer, in Shape shape)
    {
        if (current is { } open && !Subtract(ref open.stateLeft, shape))
            throw new FileFormatException(
                open.file, $"the states of stateful layers may have {StateElements} numbers in all: layer '{layer}' keeps {shape}",
                "make the model in the program, and load the weights alone");
    }

    /// <inheritdoc/>
    public void Dispose() => current = outer;

    private static bool Subtract(ref long left, in Shape shape)
    {
        // Sizes come from the file as well: their product may be more than any number holds.
        UInt128 size = 1;
        foreach (var length in shape.Span)
            if ((size *= (uint)length) > (UInt128)Math.Max(left, 0))
                return false;
        left -= (long)size;
        return true;
    }
}
