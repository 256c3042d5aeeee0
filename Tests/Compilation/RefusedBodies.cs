using System.Runtime.CompilerServices;
using GpuKeras.Kernels;

namespace GpuKeras.Tests.Compilation;

/// <summary>Bodies that devices cannot run.</summary>
internal static class RefusedBodies
{
    private static int counter;

    internal interface IShape
    {
        int Corners { get; }
    }

    internal struct Numbers
    {
        public int First;
        public int Second;
    }

    internal struct Others
    {
        public int First;
        public int Second;
    }

    [InlineArray(3)]
    internal struct Triple
    {
        private int first;
    }

    public static void BarrierWithIndex(Index1D i, PatternArguments k)
    {
        k.M[i] = 1;
        Group.Barrier();
    }

    public static void SharedWithIndex(Index1D i, PatternArguments k) => SharedMemory.Allocate<int>(4)[i] = k.N[i];

    public static void ShuffleWithIndex(Index1D i, PatternArguments k) => k.M[i] = Warp.ShuffleDown(k.N[i], 1);

    public static void RunTimeRegister(Index1D i, PatternArguments k)
    {
        var registers = RegisterArray<int>.Zeros(4);
        registers[i % 4] = 1;
        k.M[i] = registers[0];
    }

    public static void RegisterOutOfRange(Index1D i, PatternArguments k)
    {
        var registers = RegisterArray<int>.Zeros(4);
        for (var n = Unroll.From(0); n <= 4; n++)
            registers[n] = i;
        k.M[i] = registers[0];
    }

    public static void RunTimeSharedSize(PatternArguments k) => SharedMemory.Allocate<int>(k.N.IntLength)[0] = 1;

    public static void EndlessUnrolling(Index1D i, PatternArguments k)
    {
        for (var n = Unroll.From(0); n < k.N[i]; n++)
            k.M[i] += n;
    }

    public static void Throws(Index1D i, PatternArguments k)
    {
        if (k.N[i] < 0)
            throw new ArgumentOutOfRangeException(nameof(i));
        k.M[i] = 1;
    }

    public static void MakesAnArray(Index1D i, PatternArguments k) => k.M[i] = new int[i.X].Length;

    public static void MakesAnObject(Index1D i, PatternArguments k) => k.M[i] = new object().GetHashCode();

    public static void CallsAnInterface(Index1D i, PatternArguments k)
    {
        IShape? shape = null;
        k.M[i] = shape!.Corners;
    }

    public static void CallsADelegate(Index1D i, PatternArguments k)
    {
        Func<int, int> next = static x => x + 1;
        k.M[i] = next(i);
    }

    public static void WritesAStaticField(Index1D i, PatternArguments k) => k.M[i] = counter++;

    public static void ComputesChecked(Index1D i, PatternArguments k) => k.M[i] = checked(k.N[i] + 1);

    public static void UsesAString(Index1D i, PatternArguments k) => k.M[i] = "abc".Length;

    public static void UsesStackalloc(Index1D i, PatternArguments k)
    {
        Span<int> values = stackalloc int[4];
        values[i % 4] = 1;
        k.M[i] = values[0];
    }

    public static void CallsItself(Index1D i, PatternArguments k) => k.M[i] = Factorial(k.N[i]);

    public static void Catches(Index1D i, PatternArguments k)
    {
        try
        {
            k.M[i] = 1;
        }
        finally
        {
            k.M[i] = 2;
        }
    }

    public static void ReferenceToOneOfTwoLocals(Index1D i, PatternArguments k)
    {
        int a = 1, b = 2;
        ref var either = ref i % 2 == 0 ? ref a : ref b;
        either += 3;
        k.M[i] = a * 10 + b;
    }

    public static void AtomicOnALocal(Index1D i, PatternArguments k)
    {
        var sum = 0;
        k.M[i] = Atomic.Add(ref sum, i);
    }

    public static void AllocatesNothing(PatternArguments k) => SharedMemory.Allocate<int>(0)[Group.IdxX] = k.N[0];

    public static void AtomicOnLocalMemory(PatternArguments k)
    {
        var cells = LocalMemory.Allocate<int>(4);
        k.M[0] = Atomic.Add(ref cells[0], 1);
    }

    public static void RegistersThatWereNotMade(Index1D i, PatternArguments k)
    {
        RegisterArray<int> registers = default;
        k.M[i] = registers[0];
    }

    public static void RoundsAwayFromZero(Index1D i, PatternArguments k) =>
        k.M[i] = (int)MathF.Round(k.N[i] * 0.5f, MidpointRounding.AwayFromZero);

    public static void RoundsToDigits(Index1D i, PatternArguments k) => k.M[i] = (int)MathF.Round(k.N[i] * 0.5f, 1);

    public static void MultipliesTo128Bits(Index1D i, PatternArguments k) => k.M[i] = (int)Math.BigMul((long)k.N[i], 3L);

    public static void NeverReturns(Index1D i, PatternArguments k)
    {
        while (true)
            k.M[i]++;
    }

    public static void CastsAnObject(Index1D i, PatternArguments k) => k.M[i] = Unsafe.As<string>(null!).Length;

    public static void ElementOutOfRange(Index1D i, PatternArguments k)
    {
        Triple triple = default;
        for (var n = Unroll.From(0); n < 4; n++)
            triple[n] = i;
        k.M[i] = triple[0];
    }

    public static void CopiesAsynchronouslyToGlobalMemory(PatternArguments k) => AsyncCopy.Start(k.Y, 0, k.X, 0, true);

    public static void PlaceBeyondAPanel(Index1D i, PatternArguments k) => k.Y[i] = FloatPanel.Load(k.X, 0)[16];

    public static void SeesAStructAsAnother(Index1D i, PatternArguments k)
    {
        var numbers = new Numbers { First = i, Second = 2 };
        ref var others = ref Unsafe.As<Numbers, Others>(ref numbers);
        (others.First, others.Second) = (3, 4);
        k.M[i] = numbers.Second;
    }

    private static int Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);
}
