using GpuKeras.Saving;

namespace GpuKeras.Constraints;

/// <summary>A rule that a weight is brought back to after each update.</summary>
public abstract partial class Constraint : IKerasObject
{
    /// <summary>The nearest values that obey the rule, of the weight's shape.</summary>
    public abstract Tensor Project(Tensor weight);
}
