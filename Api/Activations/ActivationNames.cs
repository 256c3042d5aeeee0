using System.Collections.Concurrent;
using System.Collections.Frozen;
using GpuKeras.Utilities;

namespace GpuKeras.Activations;

/// <summary>The activation functions that Keras names, and those that the program registers.</summary>
internal static class ActivationNames
{
    /// <summary>What <c>hard_sigmoid</c> was before Keras 3: x / 5 + 1/2 within 0 and 1. Keras 3 has no name for it.</summary>
    public const string Keras2HardSigmoid = "keras2_hard_sigmoid";

    private static readonly FrozenDictionary<string, ActivationFunction> BuiltIn = new Dictionary<string, Func<Tensor, Tensor>>
    {
        ["celu"] = static x => x.Celu(),
        ["elu"] = static x => x.Elu(),
        ["exponential"] = static x => x.Exp(),
        ["gelu"] = static x => x.Gelu(),
        ["glu"] = static x => x.Glu(),
        ["hard_shrink"] = static x => x.HardShrink(),
        ["hard_sigmoid"] = static x => x.HardSigmoid(),
        ["hard_silu"] = static x => x.HardSilu(),
        ["hard_swish"] = static x => x.HardSilu(),
        ["hard_tanh"] = static x => x.HardTanh(),
        [Keras2HardSigmoid] = static x => (x * 0.2 + 0.5).Clip(0, 1),
        ["leaky_relu"] = static x => x.LeakyRelu(),
        ["linear"] = static x => x,
        ["log_sigmoid"] = static x => x.LogSigmoid(),
        ["log_softmax"] = static x => x.LogSoftmax(),
        ["mish"] = static x => x.Mish(),
        ["relu"] = static x => x.Relu(),
        ["relu6"] = static x => x.Relu6(),
        ["selu"] = static x => x.Selu(),
        ["sigmoid"] = static x => x.Sigmoid(),
        ["silu"] = static x => x.Silu(),
        ["soft_shrink"] = static x => x.SoftShrink(),
        ["softmax"] = static x => x.Softmax(),
        ["softplus"] = static x => x.Softplus(),
        ["softsign"] = static x => x.Softsign(),
        ["sparse_plus"] = static x => x.SparsePlus(),
        ["sparse_sigmoid"] = static x => x.SparseSigmoid(),
        ["sparsemax"] = static x => x.Sparsemax(),
        ["squareplus"] = static x => x.Squareplus(),
        ["swish"] = static x => x.Silu(),
        ["tanh"] = static x => x.Tanh(),
        ["tanh_shrink"] = static x => x.TanhShrink(),
    }.ToFrozenDictionary(static entry => entry.Key, static entry => ActivationFunction.BuiltIn(entry.Value, Canonical(entry.Key)));

    private static readonly ConcurrentDictionary<string, ActivationFunction> Registered = new(StringComparer.Ordinal);

    public static bool IsKnown(string name) => BuiltIn.ContainsKey(name) || Registered.ContainsKey(name);

    public static ActivationFunction Resolve(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return BuiltIn.GetValueOrDefault(identifier) ?? Registered.GetValueOrDefault(identifier)
            ?? throw Identifiers.Unknown("activation function", identifier, BuiltIn.Keys.Concat(Registered.Keys));
    }

    public static void Register(ActivationFunction activation)
    {
        if (BuiltIn.ContainsKey(activation.Name))
            throw new ArgumentException($"activation: '{activation.Name}' is one of Keras' own. Hint: choose another name.");
        Registered[activation.Name] = activation;
    }

    // Keras has two names for these functions and writes the first.
    private static string Canonical(string name) => name switch
    {
        "swish" => "silu",
        "hard_swish" => "hard_silu",
        _ => name,
    };
}
