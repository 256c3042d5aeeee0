namespace GpuKeras.Losses;

/// <summary>Keras' rules for the identifiers <c>accuracy</c> and <c>crossentropy</c>.</summary>
internal static class TargetKinds
{
    public static TargetKind Of(in Shape yTrue, in Shape yPred)
    {
        if (yPred.Rank > 0 && yPred[^1] == 1)
            return TargetKind.Binary;
        var isColumn = yTrue.Rank > 0 && yTrue[^1] == 1;
        return yTrue.Rank < yPred.Rank || (isColumn && yPred[^1] > 1) ? TargetKind.ClassNumbers : TargetKind.OneHot;
    }
}
