using GpuKeras.Kernels;
using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Elementwise.Functions;
using GpuKeras.Kernels.Linear;

namespace GpuKeras;

/// <summary>
/// Matrix product with bias and activation: f(op(A) <c>[…, m, k]</c> · op(B) <c>[…, k, n]</c> + bias <c>[n]</c>) →
/// <c>[…, m, n]</c>.
/// </summary>
/// <typeparam name="TActivation">f.</typeparam>
/// <param name="transposeA">Whether A is <c>[…, k, m]</c>.</param>
/// <param name="transposeB">Whether B is <c>[…, n, k]</c>.</param>
/// <param name="activation">f's parameters.</param>
internal sealed class MatMulOp<TActivation>(bool transposeA, bool transposeB, TActivation activation = default) : FloatingPointOp
    where TActivation : struct, IDifferentiableFunction
{
    private static readonly MatMulOp<TActivation>[] Instances = [new(false, false), new(true, false), new(false, true), new(true, true)];

    /// <inheritdoc/>
    public override string Name => "matmul";

    internal override object?[] Parameters => [transposeA, transposeB];

    /// <summary>The operation with these transpositions.</summary>
    public static MatMulOp<TActivation> Get(bool transposeA, bool transposeB) => Instances[(transposeA ? 1 : 0) + (transposeB ? 2 : 0)];

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        var (a, b) = (inputs[0], inputs[1]);
        if (a.Rank < 2 || b.Rank < 2)
            throw new ShapeException(
                Name, "A and B need at least two axes", Got(inputs), "Reshape makes a vector a row [1, k] or a column [k, 1]");
        var (m, k) = transposeA ? (a[^1], a[^2]) : (a[^2], a[^1]);
        var (inner, n) = transposeB ? (b[^1], b[^2]) : (b[^2], b[^1]);
        if (k != inner)
            throw new ShapeException(
                Name, $"{(transposeA ? "rows" : "columns")} of A must equal {(transposeB ? "columns" : "rows")} of B", Got(inputs),
                "transpose an operand, or check the layer before this one");
        if (inputs.Length > 2 && (inputs[2].Rank != 1 || inputs[2][0] != n))
            throw new ShapeException(Name, $"the bias must have one element for each of {n} columns", Got(inputs));
        return BatchShape(inputs).Concat([m, n]);
    }

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var (a, b) = (inputs[0].Shape, inputs[1].Shape);
        var (m, k) = transposeA ? (a[^1], a[^2]) : (a[^2], a[^1]);
        var batch = default(BatchAxes);
        // One matrix B for all rows: the batch of A is only more rows.
        if (b.Rank == 2 && !transposeA)
            m = checked((int)(output.Size / Math.Max(1, output.Shape[^1])));
        else if (output.Rank > 2)
            batch = new(output.Shape[..^2].Extents, Strides(a, output.Shape), Strides(b, output.Shape));
        var argument = default(ArrayView<T>);
        if (FusedActivation<TActivation>.NeedsArgument && GradientTape.FollowsAny(inputs, inputs[0]))
        {
            var saved = Tensor.Empty(output.Shape, output.DType, output.Device);
            output.Saved = [saved];
            argument = saved.View<T>();
        }
        output.Device.Run(new MatMulKernel<TActivation, T>(
            inputs[0].View<T>(),
            inputs[1].View<T>(),
            inputs.Length > 2 ? inputs[2].View<T>() : default,
            output.View<T>(),
            new(m, output.Shape[^1], k, transposeA, transposeB),
            batch,
            activation: activation,
            argument: argument));
    }

    /// <remarks>Without transpositions ∂A = ∂C · Bᵀ and ∂B = Aᵀ · ∂C; operands that were broadcast get the sum.</remarks>
    protected internal override void Backward(BackwardContext context)
    {
        var (a, b) = (context.Inputs[0], context.Inputs[1]);
        var gradient = FusedActivation<TActivation>.Gradient(context, activation, Argument(context));
        if (context.Needs(0))
        {
            var product = transposeA ? b.MatMul(gradient, transposeB, true) : gradient.MatMul(b, false, !transposeB);
            context[0] = product.SumTo(a.Shape);
        }
        if (context.Needs(1))
        {
            // One matrix B for all rows: its gradient sums over the batch inside the product.
            var (rows, upstream) = b.Rank == 2 && !transposeA && a.Rank > 2 ? (Matrix(a), Matrix(gradient)) : (a, gradient);
            var product = transposeB ? upstream.MatMul(rows, true, transposeA) : rows.MatMul(upstream, !transposeA, false);
            context[1] = product.SumTo(b.Shape);
        }
        if (context.Inputs.Length > 2 && context.Needs(2))
            context[2] = gradient.SumTo(context.Inputs[2].Shape);
    }

    private Tensor Argument(BackwardContext context)
    {
        if (typeof(TActivation) == typeof(Identity))
            return context.Output;
        // Another tape will differentiate the derivative, so it must see what the argument is made of.
        if (GradientTape.FollowsAny(context.Inputs, context.Gradient))
            return MatMulOp<Identity>.Get(transposeA, transposeB).Apply(context.Inputs);
        return FusedActivation<TActivation>.NeedsArgument ? context.Saved[0] : context.Output;
    }

    private Shape BatchShape(ReadOnlySpan<Shape> inputs)
    {
        var (a, b) = (inputs[0], inputs[1]);
        Span<int> sizes = stackalloc int[Math.Max(a.Rank, b.Rank) - 2];
        for (var fromEnd = 1; fromEnd <= sizes.Length; fromEnd++)
        {
            var first = fromEnd + 2 <= a.Rank ? a[^(fromEnd + 2)] : 1;
            var second = fromEnd + 2 <= b.Rank ? b[^(fromEnd + 2)] : 1;
            if (first != second && first != 1 && second != 1)
                throw new ShapeException(
                    Name, "the axes before the last two must broadcast: sizes are equal or one of them is 1", Got(inputs));
            sizes[^fromEnd] = first == 1 ? second : first;
        }
        return new(sizes);
    }

    private static string Got(ReadOnlySpan<Shape> inputs) =>
        inputs.Length > 2 ? $"A {inputs[0]}, B {inputs[1]}, bias {inputs[2]}" : $"A {inputs[0]}, B {inputs[1]}";

    private static Tensor Matrix(Tensor tensor)
    {
        var rows = 1;
        for (var axis = 0; axis < tensor.Rank - 1; axis++)
            rows *= tensor.Shape[axis];
        return tensor.Reshape([rows, tensor.Shape[^1]]);
    }

    /// <summary>For each batch axis of the output, how many matrices of an operand one step skips.</summary>
    private static Extents Strides(in Shape operand, in Shape output)
    {
        Span<int> strides = stackalloc int[output.Rank - 2];
        strides.Clear();
        var stride = 1;
        for (var fromEnd = 3; fromEnd <= operand.Rank; fromEnd++)
        {
            strides[^(fromEnd - 2)] = operand[^fromEnd] == 1 ? 0 : stride;
            stride *= operand[^fromEnd];
        }
        return new(strides);
    }
}

public partial class Tensor
{
    /// <summary>The matrix product op(this) <c>[…, m, k]</c> · op(other) <c>[…, k, n]</c> → <c>[…, m, n]</c>.</summary>
    /// <param name="other">The right operand. Leading axes are batches and broadcast.</param>
    /// <param name="transposeA">Whether this tensor's last two axes are exchanged.</param>
    /// <param name="transposeB">Whether the other's are.</param>
    /// <exception cref="ShapeException">The inner sizes differ, or the batches do not broadcast.</exception>
    public Tensor MatMul(Tensor other, bool transposeA = false, bool transposeB = false) =>
        MatMulOp<Identity>.Get(transposeA, transposeB).Apply(this, other);

    /// <summary>
    /// A densely connected layer in one pass: this <c>[…, k]</c> · kernel <c>[k, n]</c> + bias <c>[n]</c>, then relu if asked
    /// for.
    /// </summary>
    /// <param name="kernel">The weights <c>[k, n]</c>.</param>
    /// <param name="bias">The bias <c>[n]</c>, or null.</param>
    /// <param name="relu">Whether to apply relu in the same pass; other activations follow as operations of their own.</param>
    /// <returns>The output <c>[…, n]</c>.</returns>
    /// <exception cref="ShapeException">The inner sizes differ.</exception>
    public Tensor Affine(Tensor kernel, Tensor? bias = null, bool relu = false)
    {
        TensorOp operation = relu ? MatMulOp<Relu>.Get(false, false) : MatMulOp<Identity>.Get(false, false);
        return bias is null ? operation.Apply(this, kernel) : operation.Apply(this, kernel, bias);
    }

    /// <summary>A densely connected layer with any elementwise activation in one pass.</summary>
    /// <param name="kernel">The weights <c>[k, n]</c>.</param>
    /// <param name="bias">The bias <c>[n]</c>, or null.</param>
    /// <param name="activation">The activation.</param>
    internal Tensor Affine(Tensor kernel, Tensor? bias, IFusableOp activation) =>
        bias is null ? activation.Affine.Apply(this, kernel) : activation.Affine.Apply(this, kernel, bias);
}
