namespace GpuKeras;

/// <summary>An elementwise operation that a matrix product can apply to its result while the result is in registers.</summary>
internal interface IFusableOp
{
    /// <summary>The product of inputs and a kernel, plus a bias, followed by this operation.</summary>
    TensorOp Affine { get; }

    /// <summary>The operation that a function of one tensor consists of; null if it is none or several.</summary>
    /// <param name="function">A function that can be applied to symbolic tensors.</param>
    static IFusableOp? Of(Func<Tensor, Tensor> function)
    {
        var probe = Tensor.Symbolic([2, 2], DType.Float32);
        return function(probe).Producer is OperationNode { Operation: IFusableOp operation } node && node.Inputs[0] == probe
            ? operation
            : null;
    }
}
