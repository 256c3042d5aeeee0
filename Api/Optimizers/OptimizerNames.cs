using System.Collections.Frozen;
using GpuKeras.Utilities;

namespace GpuKeras.Optimizers;

/// <summary>The optimizers that Keras names. Keras writes their class names in lower case.</summary>
internal static class OptimizerNames
{
    private static readonly FrozenDictionary<string, Func<Optimizer>> Known = new Dictionary<string, Func<Optimizer>>
    {
        ["adadelta"] = static () => new Adadelta(),
        ["adafactor"] = static () => new Adafactor(),
        ["adagrad"] = static () => new Adagrad(),
        ["adam"] = static () => new Adam(),
        ["adamax"] = static () => new Adamax(),
        ["adamw"] = static () => new AdamW(),
        ["ftrl"] = static () => new Ftrl(),
        ["lamb"] = static () => new Lamb(),
        ["lion"] = static () => new Lion(),
        ["muon"] = static () => new Muon(),
        ["nadam"] = static () => new Nadam(),
        ["rmsprop"] = static () => new RMSprop(),
        ["schedulefreeadamw"] = static () => new ScheduleFreeAdamW(),
        ["sgd"] = static () => new SGD(),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static Optimizer Resolve(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return Known.TryGetValue(identifier, out var make) ? make() : throw Identifiers.Unknown("optimizer", identifier, Known.Keys);
    }
}
