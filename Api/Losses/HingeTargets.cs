namespace GpuKeras.Losses;

/// <summary>Targets of the hinge losses.</summary>
internal static class HingeTargets
{
    /// <summary>Targets as −1 and 1 if all are 0 or 1; others unchanged.</summary>
    public static Tensor Signed(Tensor targets)
    {
        // 2y − 1 for binary targets, 1y − 0 for others: no value has to come back from the device to decide.
        var binary = targets.Equal(0).LogicalOr(targets.Equal(1)).All().Cast(targets.DType);
        return targets * (binary + 1) - binary;
    }
}
