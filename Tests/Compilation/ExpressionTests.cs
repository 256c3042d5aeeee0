using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using GpuKeras.Kernels;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Compilation;

public sealed class ExpressionTests
{
    private const int Depth = 4;

    private static readonly Type[] FloatLeaves = [typeof(Expressions.X), typeof(Expressions.Y), typeof(Expressions.Tenth)];
    private static readonly Type[] IntegerLeaves = [typeof(Expressions.N), typeof(Expressions.Seven)];

    private static readonly Type[] FloatNodes =
    [
        typeof(Expressions.Add<,>), typeof(Expressions.Multiply<,>), typeof(Expressions.Divide<,>), typeof(Expressions.Larger<,>),
        typeof(Expressions.Choose<,>), typeof(Expressions.Sum<,>),
    ];

    private static readonly Type[] IntegerNodes =
    [
        typeof(Expressions.Difference<,>), typeof(Expressions.Quotient<,>), typeof(Expressions.Shifted<,>), typeof(Expressions.Narrowed<,>),
        typeof(Expressions.Whole<,>),
    ];

    // Without a device the test is ignored here: inside it would be a property that does not hold.
    [SetUp]
    public void RequireDevice() => _ = TestDevices.OpenCl;

    [Test]
    public void Expression_Compiled_EqualsCSharpBitForBit()
    {
        var trees = from f in Floats(Depth) from n in Integers(Depth) select (f, n);
        Prop.ForAll(trees.ToArbitrary(), static tree =>
        {
            var body = typeof(Expressions).GetMethod(nameof(Expressions.Element), BindingFlags.Public | BindingFlags.Static)!
                .MakeGenericMethod(tree.f, tree.n);
            PatternRunner.Check(body.CreateDelegate<Action<Index1D, PatternArguments>>());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }

    private static Gen<Type> Floats(int depth) => depth == 0
        ? Gen.Elements(FloatLeaves)
        : Gen.OneOf(Gen.Elements(FloatLeaves), Nodes(FloatNodes, depth), Nodes(FloatNodes, depth));

    private static Gen<Type> Integers(int depth) => depth == 0
        ? Gen.Elements(IntegerLeaves)
        : Gen.OneOf(Gen.Elements(IntegerLeaves), Nodes(IntegerNodes, depth), Nodes(IntegerNodes, depth));

    // The constraints of a node's parameters say which sort each operand is.
    private static Gen<Type> Nodes(Type[] nodes, int depth) =>
        from node in Gen.Elements(nodes)
        from first in Operand(node, 0, depth - 1)
        from second in Operand(node, 1, depth - 1)
        select node.MakeGenericType(first, second);

    private static Gen<Type> Operand(Type node, int parameter, int depth) =>
        node.GetGenericArguments()[parameter].GetGenericParameterConstraints()[0] == typeof(Expressions.IFloat)
            ? Floats(depth)
            : Integers(depth);
}
