using GpuKeras.Kernels;

namespace GpuKeras.Tests.Compilation;

/// <summary>Control flow, variables and structs: a body for each pattern in which C# comes as IL.</summary>
internal static partial class Patterns
{
    private static readonly int Bias = 5;

    public static void SwitchExpression(Index1D i, PatternArguments k) => k.Y[i] = (i.X % 7) switch
    {
        0 => 1f,
        1 or 2 => k.X[i],
        > 4 => k.X[i] + Bias,
        _ => -1,
    } * (i > 10 ? 2 : 3);

    public static void SwitchTable(Index1D i, PatternArguments k)
    {
        switch (k.N[i] & 7)
        {
            case 0:
                k.M[i] = 10;
                break;
            case 1:
            case 2:
                k.M[i] = i * 2;
                goto case 5;
            case 3:
                return;
            case 5:
                k.Y[i] = 7;
                break;
            default:
                k.M[i] = -i;
                break;
        }
    }

    public static void LoopsWithinLoops(Index1D i, PatternArguments k)
    {
        var sum = 0;
        for (var a = 0u; a < (uint)i.X % 9; a++)
        {
            var b = 0;
            while (true)
            {
                if (++b > 5)
                    break;
                if ((b + a) % 3 == 1)
                    continue;
                sum += b * (int)a;
                if (sum > 50)
                    goto done;
            }
        }
    done:
        k.M[i] = sum;
    }

    public static void DoWhile(Index1D i, PatternArguments k)
    {
        float value;
        var n = 0;
        do
        {
            value = k.Y[i] * n++;
        }
        while (value < i && n < 8);
        k.Y[i] = value + n;
    }

    public static void EarlyReturns(Index1D i, PatternArguments k) => k.M[i] = Steps(k.N[i], i % 4) + Steps(i, 2);

    public static void OutAndRef(Index1D i, PatternArguments k)
    {
        var sum = 1f;
        Split(k.D[i], out var whole, ref sum);
        Split(i * 0.75, out var second, ref sum);
        (whole, second) = (second, whole);
        k.M[i] = whole * 100 + second;
        k.Y[i] = sum;
    }

    public static void StructsThroughLoops(Index1D i, PatternArguments k)
    {
        var z = i % 3 == 0 ? new Complex(k.Y[i], 1) : new Complex(i, 0.5f);
        for (var n = 0; n < 4; n++)
        {
            if (z.Re > 50)
            {
                z *= z;
                break;
            }
            z *= new Complex(1, 0.5f);
            z.Conjugate();
        }
        k.Y[i] = z.Re + z.Im;
    }

    public static void StructsInMemory(Index1D i, PatternArguments k)
    {
        if (i >= 64)
            return;
        var numbers = k.Y.Cast<Complex>();
        numbers[i].Re = i;
        ref var z = ref numbers[i];
        z.Im *= 2;
        z.Conjugate();
        numbers[i] = z * z;
    }

    public static void ReferencesChosen(Index1D i, PatternArguments k)
    {
        ref var target = ref i % 2 == 0 ? ref k.Y[i] : ref k.M.Cast<float>()[i];
        target += 3;
        var view = k.Flag ? k.M : k.N;
        view[i] += i;
        var chosen = i > 5 ? k.N : k.M;
        k.K[i] = chosen[i] + view.Length;
    }

    public static void MutableState(Index1D i, PatternArguments k)
    {
        var generator = new Generator((uint)i.X);
        generator.Next();
        k.M[i] = (int)(generator.Next() % 1000u);
        var copy = generator;
        copy.Next();
        k.K[i] = generator.Next() + ((long)copy.Next() << 32);
    }

    public static unsafe void Pointers(Index1D i, PatternArguments k)
    {
        var first = k.N.Pointer;
        var last = first + k.N.Length;
        var sum = 0;
        for (var p = first + i.X; p < last; p += 16)
            sum += *p ^ p[-(i.X % 2) * (p > first ? 1 : 0)];
        k.M[i] = sum;
        k.K[i] = last - (first + i.X) + ((byte*)last - (byte*)first);
    }

    public static void TypesFolded(Index1D i, PatternArguments k)
    {
        k.Y[i] = Kind(k.X[i]) + Kind(i.X) * 100 + Kind(k.L[i]);
        k.M[i] = (Same(1.5f, 1.5f) ? 1 : 0) + (Same(new Complex(1, 2), new Complex(1, 2)) ? 2 : 0) + (Same(k.X[i], k.X[i]) ? 4 : 0);
    }

    public static void StaticAbstractMembers(Index1D i, PatternArguments k)
    {
        k.Y[i] = Apply<Chain<Twice<float>, Twice<float>>, float>(k.Y[i]) + Sum(1f, k.Y[i]);
        k.M[i] = Apply<Twice<int>, int>(i) + Sum(i.X, 7);
        k.E[i] = Apply<Twice<double>, double>(0.25);
    }

    public static void Nullables(Index1D i, PatternArguments k)
    {
        int? value = i % 3 == 0 ? null : k.N[i];
        k.M[i] = value ?? 17;
        k.K[i] = value is { } known ? known : -1;
    }

    private static int Steps(int value, int count)
    {
        if (count == 0)
            return value;
        for (var n = 0; n < count; n++)
        {
            if (value > n * 3)
                return n;
        }
        return -value;
    }

    private static void Split(double value, out int whole, ref float sum)
    {
        whole = (int)value;
        sum += whole;
    }

    private static float Kind<T>(T value)
        where T : struct
    {
        if (typeof(T) == typeof(float))
            return (float)(object)value == 0 ? 1 : 2;
        if (value is int number)
            return number % 5;
        return typeof(T).IsValueType ? 3 : throw new NotSupportedException();
    }

    private static bool Same<T>(T a, T b) => EqualityComparer<T>.Default.Equals(a, b);

    private static T Apply<TStep, T>(T value)
        where TStep : IStep<T> => TStep.Apply(value);

    private static T Sum<T>(T a, T b)
        where T : System.Numerics.INumber<T> => a + b * T.One - T.Zero;
}
