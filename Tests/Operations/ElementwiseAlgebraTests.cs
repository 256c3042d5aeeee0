using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace GpuKeras.Tests.Operations;

/// <summary>Laws that elementwise operations obey exactly, for random shapes that broadcast and random small integers.</summary>
public class ElementwiseAlgebraTests
{
    private const int MostAxes = 4;
    private const int LargestSize = 35;

    // Small enough that every sum and product of a few is exact in float32.
    private const int LargestMagnitude = 40;

    [Test]
    public void AddAndMultiply_AnyBroadcast_Commute() => ForAnyPair((a, b) =>
        Same(a + b, b + a) && Same(a * b, b * a));

    [Test]
    public void Multiply_OverAddition_Distributes() => ForAnyPair((a, b) =>
        Same(a * (b + a), a * b + a * a));

    [Test]
    public void Subtract_UndoesAdd() => ForAnyPair((a, b) =>
        Same(a + b - b, a.BroadcastTo((a + b).Shape)));

    [Test]
    public void MaximumAndMinimum_TogetherAreTheOperands() => ForAnyPair((a, b) =>
        Same(a.Maximum(b) + a.Minimum(b), a + b));

    [Test]
    public void FloorDivideAndModulo_OfIntegers_GiveBackTheDividend() => ForAnyPair((a, b) =>
    {
        var (dividend, divisor) = (a.Cast(DType.Int32), Tensor.Where(b.Equal(0), 1, b).Cast(DType.Int32));
        var remainder = dividend.FloorModulo(divisor);
        return Same(dividend.FloorDivide(divisor) * divisor + remainder, dividend.BroadcastTo(remainder.Shape))
            && remainder.Abs().Less(divisor.Abs()).All().ToScalar() == 1;
    });

    [Test]
    public void Where_TakesEachElementFromOneSide() => ForAnyPair((a, b) =>
        Same(Tensor.Where(a > b, a, b), a.Maximum(b)) && Same(Tensor.Where(a > b, b, a), a.Minimum(b)));

    [Test]
    public void Comparisons_OfAnyPair_ExactlyOneHolds() => ForAnyPair((a, b) =>
        Same(
            a.Less(b).Cast(DType.Int32) + a.Equal(b).Cast(DType.Int32) + a.Greater(b).Cast(DType.Int32),
            Tensor.Ones((a + b).Shape, DType.Int32)));

    [Test]
    public void Logic_DeMorgan() => ForAnyPair((a, b) =>
        Same((a > 0).LogicalAnd(b > 0).LogicalNot(), (a > 0).LogicalNot().LogicalOr((b > 0).LogicalNot())));

    [Test]
    public void Gradient_OfABroadcastSum_CountsTheRepeats() => ForAnyPair((a, b) =>
    {
        using var tape = new GradientTape();
        tape.Watch(a);
        var sum = a + b;
        return Same(tape.Gradient(sum, a)!, Tensor.Full(a.Shape, a.Size == 0 ? 0 : sum.Size / (double)a.Size));
    });

    private static void ForAnyPair(Func<Tensor, Tensor, bool> law)
    {
        var pairs = from rank in Gen.Choose(0, MostAxes)
                    from sizes in Gen.Frequency((9, Gen.Choose(1, LargestSize)), (1, Gen.Constant(0))).ArrayOf(rank)
                    from repeatedInA in Gen.Choose(0, 3).ArrayOf(rank)
                    from repeatedInB in Gen.Choose(0, 3).ArrayOf(rank)
                    from missing in Gen.Choose(0, rank)
                    from seed in Gen.Choose(0, int.MaxValue)
                    select (A: Repeat(sizes, repeatedInA), B: Repeat(sizes, repeatedInB)[missing..], Seed: seed);
        Prop.ForAll(
            pairs.ToArbitrary(),
            pair => law(Random(Thin(pair.A), pair.Seed), Random(Thin(pair.B), pair.Seed + 1L))).QuickCheckThrowOnFailure();
    }

    // One axis in four is of size 1.
    private static int[] Repeat(int[] sizes, int[] repeated) => [.. sizes.Zip(repeated, static (size, repeat) => repeat == 0 ? 1 : size)];

    // At most two axes keep their size, so that a case stays small; the others become 3 or 1.
    private static Shape Thin(int[] sizes) =>
        new([.. sizes.Select((size, axis) => axis >= sizes.Length - 2 ? size : Math.Min(size, 3))]);

    private static Tensor Random(Shape shape, long seed)
    {
        var random = new Random((int)(seed % int.MaxValue));
        var values = new float[shape.Size];
        for (var i = 0; i < values.Length; i++)
            values[i] = random.Next(-LargestMagnitude, LargestMagnitude + 1);
        return Tensor.From(values, shape);
    }

    private static bool Same(Tensor actual, Tensor expected) =>
        actual.Shape == expected.Shape && actual.DType == expected.DType
        && actual.ToDoubles().AsSpan().SequenceEqual(expected.ToDoubles());
}
