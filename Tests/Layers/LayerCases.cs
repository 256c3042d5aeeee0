using System.Reflection;

namespace GpuKeras.Tests.Layers;

/// <summary>
/// The table of layers under test, a family a file: each static property of type <see cref="LayerCase"/>[] is part of it.
/// </summary>
public static partial class LayerCases
{
    /// <summary>All cases.</summary>
    public static IEnumerable<LayerCase> All => typeof(LayerCases)
        .GetProperties(BindingFlags.Static | BindingFlags.NonPublic)
        .Where(static property => property.PropertyType == typeof(LayerCase[]))
        .OrderBy(static property => property.Name, StringComparer.Ordinal)
        .SelectMany(static property => (LayerCase[])property.GetValue(null)!);

    private static (string Name, Shape Shape, bool Trainable) Weight(string name, Shape shape) => (name, shape, true);

    private static (string Name, Shape Shape, bool Trainable) Fixed(string name, Shape shape) => (name, shape, false);
}
