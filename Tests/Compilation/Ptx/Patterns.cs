using GpuKeras.Kernels;

namespace GpuKeras.Tests.Compilation.Ptx;

/// <summary>Small bodies, one for each thing that PTX does in its own way. Each runs as PTX and as plain C#.</summary>
internal static class Patterns
{
    public static void Branches(PatternArguments k)
    {
        var x = k.X[PatternArguments.Index];
        k.Y[PatternArguments.Index] = x > 0 && x < 1 || x == -1 ? x * 2 : !(x >= 0) ? -x : k.Flag ? 5 : 6;
    }

    public static void Loops(PatternArguments k)
    {
        var i = PatternArguments.Index;
        var sum = 0f;
        for (var j = 0; j < i; j++)
        {
            if (j % 7 == 3)
                continue;
            for (var n = j; n > 0; n /= 2)
                sum += k.X[n];
            if (sum > 40)
                break;
        }
        k.Y[i] = sum;
    }

    public static void Switches(PatternArguments k)
    {
        var i = PatternArguments.Index;
        k.Y[i] = (i % 6) switch
        {
            0 => k.X[i],
            1 => k.X[i] + 1,
            2 => 7,
            3 => k.X[i] * k.X[i],
            _ => -1,
        };
    }

    public static void SmallIntegers(PatternArguments k)
    {
        var i = PatternArguments.Index;
        var bytes = k.Integers.Cast<byte>();
        var shorts = k.Longs.Cast<short>();
        var value = bytes[i] * 3 - 100;
        k.Y[4 * i] = (sbyte)value + (byte)value + (short)(value * 1000) + (ushort)(value * 1000);
        k.Y[4 * i + 1] = shorts[i];
        shorts[i] = (short)(shorts[i] * value);
        k.Y.Cast<byte>()[16 * i + 8] = (byte)value;
    }

    public static void LongIndices(PatternArguments k)
    {
        long i = PatternArguments.Index;
        var view = k.Y.SubView(i, 3 * i + 1);
        view[view.Length - 1] = k.X[i] + view.IntLength;
        k.Longs[i] = (i << 40) / 3 % 1000 + (long)((ulong)(uint)(k.Integers[i] * 77777) * 0x9E3779B97F4A7C15 >> 3);
    }

    public static void Vectors(PatternArguments k)
    {
        var i = PatternArguments.Index;
        var v = k.X.Cast<Float4>()[i / 4];
        k.Y.Cast<Float4>()[i] = new(v.W, v.X * 2, v.Y + v.Z, i);
    }

    public static void RunTimeExtents(PatternArguments k)
    {
        var (rest, sum) = (PatternArguments.Index, 0);
        for (var axis = k.Extents.Rank - 1; axis >= 0; axis--)
        {
            sum += rest % k.Extents[axis] * (axis + 1);
            rest /= k.Extents[axis];
        }
        k.Y[PatternArguments.Index] = sum;
    }

    public static void LocalArray(PatternArguments k)
    {
        var i = PatternArguments.Index;
        var window = LocalMemory.Allocate<float>(8);
        for (var j = 0; j < 8; j++)
            window[(j + i) % 8] = k.X[i] + j;
        k.Y[i] = window[i * 5 % 8];
    }

    public static void SharedReversal(PatternArguments k)
    {
        var cells = SharedMemory.Allocate<double>(64);
        var more = SharedMemory.Allocate<float>(64);
        cells[Group.IdxX] = k.X[PatternArguments.Index];
        more[63 - Group.IdxX] = PatternArguments.Index;
        Group.Barrier();
        k.Y[PatternArguments.Index] = (float)cells[63 - Group.IdxX] + more[Group.IdxX ^ 1];
    }

    public static void Registers(PatternArguments k)
    {
        var sums = RegisterArray<float>.Zeros(4);
        for (var step = 0; step < 3; step++)
        {
            for (var j = Unroll.From(0); j < 4; j++)
                sums[j] = MathF.FusedMultiplyAdd(k.X[PatternArguments.Index], step + j, sums[j]);
        }
        for (var j = Unroll.From(0); j < 4; j++)
            k.Y[4 * PatternArguments.Index + j] = sums[j];
    }

    public static void Shuffles(PatternArguments k)
    {
        var i = PatternArguments.Index;
        var x = k.X[i];
        k.Y[4 * i] = Warp.Shuffle(x, 5) + Warp.ShuffleXor(x, 3) * 10;
        k.Y[4 * i + 1] = Warp.ShuffleDown(x, 1) - Warp.ShuffleUp(x, 2);
        k.Y[4 * i + 2] = Warp.ShuffleDown(i, k.Integers[0]) + Warp.Shuffle(i, Warp.LaneIdx * 3);
        k.Longs[i] = Warp.ShuffleXor((long)i << 35, 16);
        k.Doubles[i] = Warp.ShuffleUp((double)x, k.Integers[1]);
    }

    public static void GlobalAtomics(PatternArguments k)
    {
        var i = PatternArguments.Index;
        Atomic.Add(ref k.Integers[0], i);
        Atomic.Min(ref k.Integers[1], -i);
        Atomic.Max(ref k.Integers[2], 3 * i);
        Atomic.Add(ref k.Longs[0], (long)i << 33);
        Atomic.Add(ref k.Y[0], 0.5f);
        Atomic.Add(ref k.Doubles[0], 0.25);
        if (i == 0)
            k.Integers[3] = Atomic.Exchange(ref k.Integers[4], 17) + Atomic.CompareExchange(ref k.Integers[5], k.Integers[5], 18);
    }

    public static void SharedAtomics(PatternArguments k)
    {
        var counts = SharedMemory.Allocate<int>(4);
        if (Group.IdxX < 4)
            counts[Group.IdxX] = 0;
        Group.Barrier();
        Atomic.Add(ref counts[PatternArguments.Index % 3], PatternArguments.Index);
        Group.Barrier();
        k.Y[PatternArguments.Index] = counts[Group.IdxX % 4];
    }

    public static void AsyncCopies(PatternArguments k)
    {
        var tiles = SharedMemory.Allocate<float>(128);
        var more = SharedMemory.Allocate<float>(32);
        for (var half = 0; half < 2; half++)
        {
            if (Group.IdxX < 16)
                AsyncCopy.Start(tiles, 64 * half + 4 * Group.IdxX, k.X, 64L * (Grid.IdxX ^ half) + 4 * Group.IdxX, Group.IdxX != 7);
            if (Group.IdxX is >= 16 and < 32)
                AsyncCopy.StartOne(more, 16 * half + (Group.IdxX ^ 17), k.X, 4 * Group.IdxX + half, Group.IdxX % 3 != half);
            AsyncCopy.Commit();
        }
        AsyncCopy.Wait(1);
        Group.Barrier();
        var first = tiles[63 - Group.IdxX];
        AsyncCopy.Wait(0);
        Group.Barrier();
        k.Y[PatternArguments.Index] = first - 2 * tiles[64 + Group.IdxX] + 100 * more[Group.IdxX % 32];
    }

    public static void MatrixProducts(PatternArguments k)
    {
        var i = PatternArguments.Index;
        var sums = RegisterArray<float>.Zeros(8);
        for (var step = 0; step < 2; step++)
        {
            MatrixUnit.MultiplyAddTf32(
                sums, 4, MatrixUnit.RoundTf32(k.X[i]), MatrixUnit.RoundTf32(k.X[i ^ 1]), MatrixUnit.RoundTf32(k.X[i ^ 2]),
                MatrixUnit.RoundTf32(k.X[i ^ 3]), MatrixUnit.RoundTf32(k.X[i ^ 4]), MatrixUnit.RoundTf32(k.X[i ^ 8]));
        }
        for (var j = Unroll.From(0); j < 4; j++)
            k.Y[4 * i + j] = sums[4 + j];
    }

    public static void MatrixProductsOfPairs(PatternArguments k)
    {
        var i = PatternArguments.Index;
        var sums = RegisterArray<float>.Zeros(4);
        for (var step = 0; step < 2; step++)
            MatrixUnit.MultiplyAddBFloat16(sums, 0, Pair(k, i), Pair(k, i ^ 1), Pair(k, i ^ 2), Pair(k, i ^ 3), Pair(k, i ^ 4), Pair(k, i ^ 8));
        for (var j = Unroll.From(0); j < 4; j++)
            k.Y[4 * i + j] = sums[j];
    }

    public static void Functions(PatternArguments k)
    {
        var i = PatternArguments.Index;
        var x = k.X[i];
        k.Y[4 * i] = MathF.FusedMultiplyAdd(x, 0.1f, 3) / (x + 0.3f) + x * x;
        k.Y[4 * i + 1] = MathF.Max(MathF.Min(x, 0.5f), -0.5f) % 0.3f;
        k.Y[4 * i + 2] = MathF.Sqrt(x) + MathF.Round(x) + MathF.CopySign(2, x);
        k.Doubles[i] = Math.Floor(x * 3.0) / Math.Abs(x - 0.1) + (int)(x * 1e10) + (float.IsNaN(x) ? 1 : 0);
    }

    // The last one is not a pair of neighbours, so that an exchange within the pairs shows.
    private static uint Pair(PatternArguments k, int i) => MatrixUnit.PackBFloat16(k.X[i], k.X[127 - i]);
}
