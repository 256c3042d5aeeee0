using GpuKeras.Kernels;

namespace GpuKeras.Tests.Compilation;

/// <summary>InlineArrays, registers, local and shared memory.</summary>
internal static partial class Patterns
{
    public static void ArgumentIndexedAtRunTime(Index1D i, PatternArguments k)
    {
        var (rest, sum) = (i.X, 0);
        for (var axis = k.Extents.Rank - 1; axis >= 0; axis--)
        {
            sum += rest % k.Extents[axis] * (axis + 1);
            rest /= k.Extents[axis];
        }
        k.M[i] = sum + Product(k.Extents);
    }

    public static void ArgumentCopiedAndChanged(Index1D i, PatternArguments k)
    {
        var extents = k.Extents;
        extents[i % 4] += 7;
        var fixedPlace = k.Extents;
        fixedPlace[1] = i;
        k.M[i] = Product(extents) + Product(fixedPlace) + k.Extents[1];
    }

    public static void InlineArrayOfALocal(Index1D i, PatternArguments k)
    {
        var window = default(Window);
        window.Start = i % 3;
        for (var n = Unroll.From(0); n < 6; n++)
            window.Values[n] = i * n;
        window.Values[2] += 5;
        k.M[i] = window.Values[1] + window.Values[5] + window.Start;
        var cells = default(Cells);
        for (var n = 0; n < 6; n++)
            cells[(n + i) % 6] = k.N[i] + n;
        k.K[i] = cells[i % 6] + cells[3];
    }

    public static void InlineArrayOnTwoWays(Index1D i, PatternArguments k)
    {
        var extents = k.Extents;
        if (i % 2 == 0)
            extents[2] = 11;
        k.M[i] = extents[2] + extents[i % 3];
    }

    public static void RegistersUnrolled(Index1D i, PatternArguments k)
    {
        var sums = RegisterArray<float>.Zeros(4);
        for (var step = 0; step < i % 5; step++)
        {
            for (var j = Unroll.From(0); j < 4; j++)
            {
                if (j == 2 && step == 1)
                    continue;
                sums[j] += step + j;
                if (sums[j] > 6)
                    break;
            }
        }
        for (var j = Unroll.From(0); j < 4; j++)
            k.Y[i] += sums[j] * (j + 1);
    }

    public static void RegistersOfTiles(Index1D i, PatternArguments k)
    {
        var tile = RegisterArray<Complex>.Zeros(6);
        for (var row = Unroll.From(0); row < 2; row++)
        {
            for (var column = Unroll.From(0); column < 3; column++)
                tile[row * 3 + column] = new Complex(row + i, column) * new Complex(2, 1);
        }
        var sum = new Complex(0, 0);
        for (var n = Unroll.From(5); n >= 0; n -= 2)
            sum = new Complex(sum.Re + tile[n].Re, sum.Im - tile[n].Im);
        k.Y[i] = sum.Re + 100 * sum.Im;
    }

    public static void LocalArray(Index1D i, PatternArguments k)
    {
        var window = LocalMemory.Allocate<double>(8);
        for (var n = 0; n < 8; n++)
            window[(n + i) % 8] = n * 0.5;
        k.E[i] = window[i * 5 % 8] + window[0];
    }

    public static void Vectors(Index1D i, PatternArguments k)
    {
        if (i >= 32)
            return;
        var v = k.D.Cast<Float4>()[i];
        k.Y.Cast<Float4>()[i] = new Float4(v.W, v.X + 1, v.Z, i) { Y = 3 };
    }

    public static void SharedReversal(PatternArguments k)
    {
        var cells = SharedMemory.Allocate<double>(64);
        var i = Grid.IdxX * Group.DimX + Group.IdxX;
        for (var round = 0; round < 3; round++)
        {
            cells[Group.IdxX] = k.N[i] + round;
            Group.Barrier();
            k.E[i] += cells[63 - Group.IdxX];
            Group.Barrier();
        }
    }

    public static void WarpSums(PatternArguments k)
    {
        var i = Grid.IdxX * Group.DimX + Group.IdxX;
        var value = new Complex(i, k.Flag ? 1 : 0);
        for (var delta = Warp.WarpSize / 2; delta > 0; delta /= 2)
        {
            var other = Warp.ShuffleDown(value, delta);
            value = new Complex(value.Re + other.Re, value.Im + other.Im);
        }
        k.Y[i] = value.Re + 1000 * value.Im;
        k.K[i] = Warp.ShuffleXor(k.L[i], 5) + Warp.Shuffle(i, 3) + (long)Warp.ShuffleUp(k.E[i], 2) + Group.Broadcast(i, 7);
    }

    public static void Atomics(PatternArguments k)
    {
        var i = Grid.IdxX * Group.DimX + Group.IdxX;
        var counts = SharedMemory.Allocate<int>(3);
        if (Group.IdxX < 3)
            counts[Group.IdxX] = 0;
        Group.Barrier();
        Atomic.Add(ref counts[i % 3], i);
        Atomic.Add(ref k.Y[0], 0.5f);
        Atomic.Add(ref k.E[1], 0.25);
        Atomic.Add(ref k.K[2], 1L << 40);
        Atomic.Max(ref k.M[4], i * 7 % 50);
        Atomic.Min(ref k.M[5], -i);
        Group.Barrier();
        if (i >= 6)
            k.M[i] = counts[i % 3];
    }

    private static int Product(Extents extents)
    {
        var product = 1;
        for (var axis = 0; axis < extents.Rank; axis++)
            product *= extents[axis];
        return product;
    }
}
