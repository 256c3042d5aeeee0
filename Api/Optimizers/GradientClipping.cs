namespace GpuKeras.Optimizers;

/// <summary>Bounds gradients before an update, in place in their list. Nothing waits for the device.</summary>
internal static class GradientClipping
{
    /// <summary>Clips by whichever bound is given; one of 0 or below is ignored, as in Keras.</summary>
    public static void Apply(List<Tensor> gradients, double? norm, double? globalNorm, double? value)
    {
        if (norm > 0)
            ByNorm(gradients, norm.Value);
        else if (globalNorm > 0)
            ByGlobalNorm(gradients, globalNorm.Value);
        else if (value > 0)
            ByValue(gradients, value.Value);
    }

    private static void ByNorm(List<Tensor> gradients, double bound)
    {
        for (var i = 0; i < gradients.Count; i++)
            gradients[i] *= bound / gradients[i].Square().Sum().Sqrt().Maximum(bound);
    }

    // A norm that is infinite or not a number makes all gradients NaN, so that the step cannot pass unnoticed.
    private static void ByGlobalNorm(List<Tensor> gradients, double bound)
    {
        var squares = gradients[0].Square().Sum();
        for (var i = 1; i < gradients.Count; i++)
        {
            var square = gradients[i].Square().Sum();
            squares += square.DType == squares.DType ? square : square.Cast(squares.DType);
        }
        var norm = squares.Sqrt();
        var scale = bound / norm.Maximum(bound) + (norm - norm);
        for (var i = 0; i < gradients.Count; i++)
            gradients[i] *= gradients[i].DType == scale.DType ? scale : scale.Cast(gradients[i].DType);
    }

    private static void ByValue(List<Tensor> gradients, double bound)
    {
        for (var i = 0; i < gradients.Count; i++)
            gradients[i] = gradients[i].Clip(-bound, bound);
    }
}
