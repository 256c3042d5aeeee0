using GpuKeras.Compilation;
using GpuKeras.Tests.Support.Ptx;
using NUnit.Framework;

namespace GpuKeras.Tests.Compilation.Ptx;

/// <summary>One operation of the intermediate code beside what C# computes.</summary>
/// <param name="Name">The operation.</param>
/// <param name="Check">Runs it as PTX for a device's architecture.</param>
internal sealed record PtxOperationCase(string Name, Action<int> Check)
{
    private static readonly float[] Singles =
    [
        0, -0f, 1, -1, 0.5f, -0.5f, 1.5f, 2.5f, -2.5f, 3.7f, -3.7f, 1e-40f, -1e-42f, 3e38f, -3e38f, 2147483648f, -2147483904f,
        4294967296f, 9.3e18f, -9.3e18f, 1.9e19f, 127.9f, 128, 255.5f, 300, -300, 65504, 65520, 70000, 1.0009766f, 1.00390625f,
        1.01171875f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon,
    ];

    private static readonly int[] Integers =
    [
        0, 1, -1, 2, -2, 7, -7, 31, 32, 33, 63, 64, 127, 128, 255, 256, -129, 32768, 65535, 65536, 16777217, 12345678,
        int.MaxValue, int.MinValue,
    ];

    private static readonly double[] Doubles =
        [.. Array.ConvertAll(Singles, static x => (double)x), 1e-310, 1e308, 5e-324, 0.1, 2147483647.5, 1.00000001];

    private static readonly long[] Longs =
    [
        .. Array.ConvertAll(Integers, static x => (long)x), long.MaxValue, long.MinValue, 1L << 40, -(1L << 40) - 5, uint.MaxValue,
        9007199254740993,
    ];

    /// <summary>An operation on pairs of the sample numbers of a type.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="operation">Its instructions.</param>
    /// <param name="expected">What C# computes.</param>
    /// <param name="stored">What is stored; by default as the result's type says.</param>
    public static PtxOperationCase Of<T, TResult>(
        string name, Func<IrSample, Register, Register, Register> operation, Func<T, T, TResult> expected, IrKind? stored = null)
        where T : unmanaged
        where TResult : unmanaged => new($"{name} of {typeof(T).Name}", architecture =>
        {
            var samples = Samples<T>();
            var pairs = samples.SelectMany(_ => samples, static (x, y) => (X: x, Y: y))
                .Where(pair => !IsUndefined(name, pair.X, pair.Y)).ToArray();
            var (a, b) = (Array.ConvertAll(pairs, static pair => pair.X), Array.ConvertAll(pairs, static pair => pair.Y));
            var actual = IrSample.Run<TResult>((sample, x) => operation(sample, x[0], x[1]), [a, b], architecture, stored);
            for (var i = 0; i < a.Length; i++)
                Assert.That(actual[i], Is.EqualTo(expected(a[i], b[i])), $"{name} of {a[i]} and {b[i]}, sm_{architecture}");
        });

    /// <summary>An arithmetic instruction.</summary>
    public static PtxOperationCase Of<T>(Opcode opcode, Func<T, T, T> expected, bool unsigned = false)
        where T : unmanaged => Of(
        $"{opcode}{(unsigned ? " unsigned" : "")}",
        (sample, x, y) => sample.Emit(opcode, x.Type, opcode is Opcode.Not or Opcode.Negate ? [x] : [x, y], unsigned: unsigned), expected);

    /// <summary>A function.</summary>
    public static PtxOperationCase Of<T, TResult>(
        MathFunction function, Func<T, T, TResult> expected, bool unsigned = false, int operands = 2)
        where T : unmanaged
        where TResult : unmanaged => Of(
        $"{function}{(unsigned ? " unsigned" : "")}",
        (sample, x, y) => sample.Emit(
            Opcode.Math, IrSample.KindOf(typeof(TResult)).Register(), operands == 1 ? [x] : [x, y], math: function, unsigned: unsigned),
        expected);

    /// <summary>A relation, as a number and as what a branch decides.</summary>
    public static PtxOperationCase Of<T>(Comparison comparison, Func<T, T, bool> expected, bool unsigned = false)
        where T : unmanaged => Of(
        $"{comparison}{(unsigned ? " unsigned" : "")}",
        (sample, x, y) => sample.Emit(Opcode.Compare, IrType.Int32, [x, y], comparison: comparison, unsigned: unsigned),
        (T x, T y) => expected(x, y) ? 1 : 0);

    /// <summary>A conversion.</summary>
    public static PtxOperationCase To<T, TResult>(IrKind kind, Func<T, TResult> expected, bool unsigned = false)
        where T : unmanaged
        where TResult : unmanaged => Of(
        $"To {kind}{(unsigned ? " unsigned" : "")}",
        (sample, x, _) => sample.Emit(Opcode.Convert, kind.Register(), [x], kind, unsigned), (T x, T _) => expected(x));

    public override string ToString() => Name;

    private static T[] Samples<T>() => (T[])(object)(default(T) switch
    {
        float => Singles,
        double => Doubles,
        int => Integers,
        _ => (Array)Longs,
    });

    // A division by zero, and the quotient that does not fit.
    private static bool IsUndefined<T>(string name, T x, T y) =>
        (name.StartsWith("Divide", StringComparison.Ordinal) || name.StartsWith("Remainder", StringComparison.Ordinal))
        && (y is 0 or 0L || x is int.MinValue or long.MinValue && y is -1 or -1L);
}
