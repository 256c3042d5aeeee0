using System.Reflection;
using GpuKeras.Kernels.Elementwise;

namespace GpuKeras;

/// <summary>y = f(x) for each element. Input and output have one shape and dtype.</summary>
/// <typeparam name="TFunction">The function.</typeparam>
/// <param name="function">The function with its parameters.</param>
internal class MapOp<TFunction>(TFunction function) : TensorOp, IFusableOp
    where TFunction : struct, IDifferentiableFunction
{
    private readonly MapGradientOp<TFunction> gradient = new(function);

    /// <summary>The operation of a function without parameters.</summary>
    public static MapOp<TFunction> Instance { get; } = new(default);

    /// <inheritdoc/>
    public TensorOp Affine => field ??= new MatMulOp<TFunction>(false, false, function);

    /// <inheritdoc/>
    public sealed override string Name => TFunction.Name;

    /// <summary>The function's numbers: it is a struct of them.</summary>
    internal sealed override object?[] Parameters =>
    [
        .. typeof(TFunction).GetFields(BindingFlags.Instance | BindingFlags.NonPublic).OrderBy(static number => number.MetadataToken)
            .Select(number => number.GetValue(function)),
    ];

    /// <inheritdoc/>
    public sealed override Shape InferShape(ReadOnlySpan<Shape> inputs) => inputs[0];

    /// <inheritdoc/>
    protected sealed override void Forward(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (output.DType)
        {
            case DType.Float32: Run<float>(inputs[0], output); break;
            case DType.Float64: Run<double>(inputs[0], output); break;
            case DType.Int32: Run<int>(inputs[0], output); break;
            case DType.Int64: Run<long>(inputs[0], output); break;
            default: Run<byte>(inputs[0], output); break;
        }
    }

    /// <remarks>∂x = ∂y · f′(x), one fused kernel.</remarks>
    protected internal override void Backward(BackwardContext context) =>
        context[0] = gradient.Apply(context.Inputs[0], context.Output, context.Gradient);

    private void Run<T>(Tensor x, Tensor y)
        where T : unmanaged => y.Device.Run(new MapKernel<TFunction, T>(function, x.View<T>(), y.View<T>()));
}
