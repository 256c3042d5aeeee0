using GpuKeras.Saving;
using GpuKeras.Utilities;

namespace GpuKeras.Initializers;

/// <summary>An initializer that draws its values.</summary>
/// <remarks>
/// As in Keras 3, an initializer without a seed draws one when it is made, so two calls of the same object with the same shape give
/// the same values, while two objects differ. <see cref="Keras.SetRandomSeed"/> fixes the seeds that are drawn.
/// </remarks>
[KerasKeys("seed")]
public abstract class RandomInitializer : Initializer
{
    private readonly long effectiveSeed;

    /// <summary>An initializer with a seed of its own, or one drawn from the global seed.</summary>
    /// <param name="seed">The seed, or null to draw one.</param>
    protected RandomInitializer(long? seed)
    {
        Seed = seed;
        effectiveSeed = seed ?? GlobalSeed.Next();
    }

    /// <summary>The seed that was given, or null.</summary>
    public long? Seed { get; }

    /// <summary>A generator that starts at the seed.</summary>
    protected RandomGenerator Generator() => new(effectiveSeed);
}
