using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Linear;

/// <summary>What an item reads to make a quad of words for matrix units: a quad of numbers for each number in a word.</summary>
/// <typeparam name="TNumber">What the words hold.</typeparam>
/// <typeparam name="T">float.</typeparam>
internal struct MatrixUnitQuad<TNumber, T>
    where TNumber : struct, IMatrixNumber
    where T : unmanaged
{
    private Quad<T> first;
    private Quad<T> second;

    /// <summary>Reads at the source's place, and goes on by <paramref name="depth"/> along k.</summary>
    public void Read<TSource>(ref TSource source, int depth)
        where TSource : struct, ITileSource<T>
    {
        if (TNumber.PerWord == 1)
        {
            first = source.Next(depth);
            return;
        }
        var between = source.AlongLines ? 1 : Quad<T>.Count;
        first = source.Next(between);
        second = source.Next(depth - between);
    }

    /// <summary>The words of four lines, each of neighbouring k: quads that were read along lines.</summary>
    public readonly Quad<uint> AcrossLines() =>
        new(Word(first.X, second.X), Word(first.Y, second.Y), Word(first.Z, second.Z), Word(first.W, second.W));

    /// <summary>Four words of one line: quads that were read along k.</summary>
    public readonly Quad<uint> AlongK() => TNumber.PerWord == 1
        ? AcrossLines()
        : new(Word(first.X, first.Y), Word(first.Z, first.W), Word(second.X, second.Y), Word(second.Z, second.W));

    private static uint Word(T first, T second) => TNumber.Word(Unsafe.BitCast<T, float>(first), Unsafe.BitCast<T, float>(second));
}
