using System.Numerics;
using System.Runtime.CompilerServices;
using GpuKeras.Kernels;

namespace GpuKeras.Tests.Compilation;

/// <summary>Arithmetic and conversions.</summary>
internal static partial class Patterns
{
    public static void WrappingArithmetic(Index1D i, PatternArguments k)
    {
        var (a, b) = (k.N[i], k.N[(i + 1) % 128]);
        k.M[i] = (a + b) * 31 - a * b + -a + ~b;
        k.K[i] = k.L[i] * 0x9E3779B9 + k.L[(i + 1) % 128] - -k.L[i];
    }

    public static void Divisions(Index1D i, PatternArguments k)
    {
        var (a, b) = (k.N[i], i.X % 7 + 2);
        var (quotient, rest) = Math.DivRem(a, b);
        k.M[i] = quotient * 3 + rest + (int)((uint)a / (uint)b) + (int)((uint)a % (uint)b);
        k.K[i] = k.L[i] / b + k.L[i] % b + (long)((ulong)k.L[i] / (ulong)b) + (long)((ulong)k.L[i] % 1000);
        k.E[i] = i * 1.5 % b;
        k.Y[i] = -i * 1.25f % b;
    }

    public static void Shifts(Index1D i, PatternArguments k)
    {
        k.M[i] = (k.N[i] << i) + (k.N[i] >> i) + (int)((uint)k.N[i] >> i) + (int)(k.Mask >> 3);
        k.K[i] = (k.L[i] << i) ^ (k.L[i] >> i) ^ (long)((ulong)k.L[i] >> (i + 1));
    }

    public static void SmallIntegers(Index1D i, PatternArguments k)
    {
        var value = k.N[i] * 3 + k.B[i];
        k.M[i] = (sbyte)value + (byte)value * 2 + (short)value * 3 + (ushort)value * 5 + (char)i.X + k.Offset;
        k.K[i] = (byte)(k.L[i] >> 30) + (short)k.L[i] + (uint)k.L[i];
        byte counter = 250;
        for (var n = 0; n < i % 16; n++)
            counter++;
        k.Y[i] = counter;
    }

    public static void BytesInMemory(Index1D i, PatternArguments k)
    {
        var bytes = k.M.Cast<byte>();
        bytes[4 * i] = (byte)(k.B[i] * 2);
        bytes[4 * i + 1] = k.B[i] > 100 ? (byte)1 : (byte)0;
        k.M.Cast<short>()[2 * i + 1] = (short)(k.B[i] * -300);
        k.K.Cast<bool>()[8 * i + 3] = k.B[i] > 50 ^ k.Flag;
    }

    public static void Truth(Index1D i, PatternArguments k)
    {
        var (a, b) = (k.N[i] > 3, k.X[i] < 1);
        var either = a | b;
        k.M[i] = (a & b ? 1 : 0) + (either ? 2 : 0) + (a ^ b ? 4 : 0) + (!a && !b ? 8 : 0)
            + (a == b ? 16 : 0) + (a || k.Flag && b ? 32 : 0);
    }

    public static void ComparisonsWithNaN(Index1D i, PatternArguments k)
    {
        var (x, y) = (k.X[i], k.X[i / 2]);
        var seen = 0;
        if (x < y)
            seen += 1;
        if (!(x < y))
            seen += 2;
        if (x >= y)
            seen += 4;
        if (!(x >= y))
            seen += 8;
        if (x == y)
            seen += 16;
        if (x != y)
            seen += 32;
        var smaller = x <= y;
        if (!smaller)
            seen += 64;
        k.M[i] = seen + (x > y ? 128 : 0) + (float.IsNaN(x) ? 256 : 0) + (float.IsFinite(x) ? 512 : 0) + (float.IsNegative(x) ? 1024 : 0);
    }

    public static void FloatsToIntegers(Index1D i, PatternArguments k)
    {
        var (x, d) = (k.X[i], k.D[i]);
        k.M[i] = (int)x ^ (int)d;
        k.K[i] = (long)x + (long)d + (long)(uint)x + (long)(uint)d;
        k.N[i] = (byte)x + (short)x + (sbyte)d + (ushort)d;
        k.E[i] = (ulong)x + (double)(ulong)d;
    }

    public static void IntegersToFloats(Index1D i, PatternArguments k)
    {
        k.Y[i] = k.N[i] + (float)(uint)k.N[i] + (float)k.L[i];
        k.E[i] = k.N[i] + (double)(uint)k.N[i] + k.L[i] + (float)k.D[i];
        k.K[i] = BitConverter.DoubleToInt64Bits((ulong)k.L[i]);
    }

    public static void Bits(Index1D i, PatternArguments k)
    {
        k.M[i] = BitConverter.SingleToInt32Bits(k.X[i]) & ~0xFFFF | (int)BitConverter.SingleToUInt32Bits(-k.X[i]) >> 16;
        k.Y[i] = BitConverter.Int32BitsToSingle(i.X << 20) + Unsafe.BitCast<int, float>(0x3F800000 + i);
        k.K[i] = BitOperations.PopCount((uint)k.N[i]) + BitOperations.LeadingZeroCount((uint)i.X) * 100
            + BitOperations.TrailingZeroCount(k.N[i]) * 10000 + BitOperations.Log2((uint)i.X + 1)
            + BitOperations.RotateLeft((uint)k.N[i], i) + BitOperations.TrailingZeroCount(k.L[i]);
        k.E[i] = Math.BigMul((ulong)k.L[i], 0x9E3779B97F4A7C15, out var low) + (double)(low >> 40) + Math.BigMul(k.N[i], i);
    }

    public static void ExactFunctions(Index1D i, PatternArguments k)
    {
        var (x, y) = (k.X[i], k.X[127 - i]);
        var (zero, otherZero) = (x * 0, y * 0);
        k.M[i] = Exactly(Math.Min(x, y)) ^ 3 * Exactly(MathF.Max(x, y)) ^ 5 * Exactly(MathF.Max(zero, otherZero))
            ^ 7 * Exactly(MathF.Min(zero, otherZero)) ^ 9 * Exactly(MathF.CopySign(y, i - 50f));
        k.Y[i] = MathF.Sqrt(MathF.Abs(x)) + MathF.FusedMultiplyAdd(x, y, 0.1f) + MathF.Round(x * 4) + MathF.Floor(y) + MathF.Ceiling(y * 3);
        k.E[i] = Math.Truncate(k.D[i]) + Math.Round(k.D[i], MidpointRounding.ToZero) + Math.Clamp(k.D[i], -3, 4) + Math.Max(k.D[i], 1);
        k.K[i] = Math.Max(k.L[i], i) + Math.Min((uint)k.N[i], 77u) + Math.Abs(i - 20) + Math.Sign(k.N[i]) + Math.Clamp(i, 5, 9);
    }

    // Which NaN it is may differ.
    private static int Exactly(float value) => float.IsNaN(value) ? -1 : BitConverter.SingleToInt32Bits(value);

    public static void Halves(Index1D i, PatternArguments k)
    {
        var halves = k.M.Cast<Half>();
        halves[2 * i] = (Half)(float.IsNaN(k.X[i]) ? 0.3f : k.X[i] * 1.37f);
        halves[2 * i + 1] = (Half)i.X;
        k.Y[i] = (float)halves[2 * i] + (float)(Half)(k.X[i] * 3);
    }
}
