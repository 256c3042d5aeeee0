using GpuKeras.Kernels;

namespace GpuKeras.Tests.Compilation;

/// <summary>
/// Expressions as types: <c>Add&lt;X, Multiply&lt;Y, Tenth&gt;&gt;</c>. A random tree of them is a body that the compiler has never seen,
/// and the same IL runs as C#.
/// </summary>
internal static class Expressions
{
    internal interface IFloat
    {
        static abstract float Value(float x, float y, int n);
    }

    internal interface IInteger
    {
        static abstract int Value(float x, float y, int n);
    }

    /// <summary>Evaluates an expression for each item.</summary>
    public static void Element<TFloat, TInteger>(Index1D i, PatternArguments k)
        where TFloat : IFloat
        where TInteger : IInteger
    {
        var (x, y, n) = (k.X[i], k.X[127 - i], k.N[i]);
        var value = TFloat.Value(x, y, n);
        // Which NaN it is may differ.
        k.M[i] = float.IsNaN(value) ? -1 : BitConverter.SingleToInt32Bits(value);
        k.K[i] = TInteger.Value(x, y, n);
    }

    internal readonly struct X : IFloat
    {
        public static float Value(float x, float y, int n) => x;
    }

    internal readonly struct Y : IFloat
    {
        public static float Value(float x, float y, int n) => y;
    }

    internal readonly struct Tenth : IFloat
    {
        public static float Value(float x, float y, int n) => 0.1f;
    }

    internal readonly struct Add<TA, TB> : IFloat
        where TA : IFloat
        where TB : IFloat
    {
        public static float Value(float x, float y, int n) => TA.Value(x, y, n) + TB.Value(x, y, n);
    }

    internal readonly struct Multiply<TA, TB> : IFloat
        where TA : IFloat
        where TB : IFloat
    {
        public static float Value(float x, float y, int n) => TA.Value(x, y, n) * TB.Value(x, y, n);
    }

    internal readonly struct Divide<TA, TB> : IFloat
        where TA : IFloat
        where TB : IFloat
    {
        public static float Value(float x, float y, int n) => TA.Value(x, y, n) / -TB.Value(x, y, n);
    }

    internal readonly struct Larger<TA, TB> : IFloat
        where TA : IFloat
        where TB : IFloat
    {
        public static float Value(float x, float y, int n) => MathF.Max(TA.Value(x, y, n), MathF.Round(TB.Value(x, y, n)));
    }

    internal readonly struct Choose<TA, TB> : IFloat
        where TA : IFloat
        where TB : IFloat
    {
        public static float Value(float x, float y, int n)
        {
            var (a, b) = (TA.Value(x, y, n), TB.Value(x, y, n));
            return a < b ? MathF.FusedMultiplyAdd(a, b, 0.3f) : a > 1 ? b : MathF.Sqrt(MathF.Abs(a));
        }
    }

    internal readonly struct Sum<TA, TB> : IFloat
        where TA : IFloat
        where TB : IInteger
    {
        public static float Value(float x, float y, int n)
        {
            var sum = 0f;
            for (var i = 0; i < (TB.Value(x, y, n) & 7); i++)
                sum += TA.Value(sum, y, i);
            return sum;
        }
    }

    internal readonly struct N : IInteger
    {
        public static int Value(float x, float y, int n) => n;
    }

    internal readonly struct Seven : IInteger
    {
        public static int Value(float x, float y, int n) => 7;
    }

    internal readonly struct Difference<TA, TB> : IInteger
        where TA : IInteger
        where TB : IInteger
    {
        public static int Value(float x, float y, int n) => TA.Value(x, y, n) - 3 * TB.Value(x, y, n);
    }

    internal readonly struct Quotient<TA, TB> : IInteger
        where TA : IInteger
        where TB : IInteger
    {
        public static int Value(float x, float y, int n) =>
            TA.Value(x, y, n) / ((TB.Value(x, y, n) & 0xFF) + 1) + (int)((uint)TA.Value(x, y, n) % 10u);
    }

    internal readonly struct Shifted<TA, TB> : IInteger
        where TA : IInteger
        where TB : IInteger
    {
        public static int Value(float x, float y, int n) => TA.Value(x, y, n) << TB.Value(x, y, n) ^ TB.Value(x, y, n) >> 3;
    }

    internal readonly struct Narrowed<TA, TB> : IInteger
        where TA : IInteger
        where TB : IInteger
    {
        public static int Value(float x, float y, int n) => (short)TA.Value(x, y, n) * (byte)TB.Value(x, y, n);
    }

    internal readonly struct Whole<TA, TB> : IInteger
        where TA : IFloat
        where TB : IInteger
    {
        public static int Value(float x, float y, int n) => (int)TA.Value(x, y, n) | (TA.Value(x, y, n) >= 0 ? TB.Value(x, y, n) : 1);
    }
}
