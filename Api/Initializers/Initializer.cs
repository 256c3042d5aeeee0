using System.Text.Json.Nodes;
using GpuKeras.Saving;

namespace GpuKeras.Initializers;

/// <summary>Makes the first values of a weight. Keras' identifiers, such as <c>"he_normal"</c>, convert to it.</summary>
public abstract class Initializer : IKerasObject
{
    private static readonly Utilities.IdentifierTable<Initializer> Known = new(
        "initializer",
        ("Zeros", static () => new Zeros()),
        ("Ones", static () => new Ones()),
        ("Constant", static () => new Constant()),
        ("Identity", static () => new Identity()),
        ("RandomNormal", static () => new RandomNormal()),
        ("RandomUniform", static () => new RandomUniform()),
        ("TruncatedNormal", static () => new TruncatedNormal()),
        ("VarianceScaling", static () => new VarianceScaling()),
        ("GlorotNormal", static () => new GlorotNormal()),
        ("GlorotUniform", static () => new GlorotUniform()),
        ("HeNormal", static () => new HeNormal()),
        ("HeUniform", static () => new HeUniform()),
        ("LecunNormal", static () => new LecunNormal()),
        ("LecunUniform", static () => new LecunUniform()),
        ("Orthogonal", static () => new Orthogonal()),
        ("OrthogonalInitializer", static () => new Orthogonal()),
        ("IdentityInitializer", static () => new Identity()),
        ("zero", static () => new Zeros()),
        ("one", static () => new Ones()),
        ("normal", static () => new RandomNormal()),
        ("uniform", static () => new RandomUniform()));

    /// <summary>New values of a shape and dtype.</summary>
    /// <param name="shape">The weight's shape; for kernels <c>[…, inputs, outputs]</c>.</param>
    /// <param name="dtype">The weight's dtype.</param>
    public abstract Tensor Create(Shape shape, DType dtype = DType.Float32);

    /// <summary>The configuration under Keras' names.</summary>
    public virtual JsonObject GetConfig() => KerasConfig.OfConstructor(this);

    /// <summary>An initializer of the same configuration; one that was given no seed draws another.</summary>
    public Initializer Clone() => (Initializer)KerasConfig.Create(GetType(), GetConfig());

    /// <summary>The initializer that an identifier names, with its defaults.</summary>
    /// <exception cref="ArgumentException">Nothing is called so; the message suggests the nearest name.</exception>
    public static implicit operator Initializer(string identifier) => Known.Resolve(identifier);
}
