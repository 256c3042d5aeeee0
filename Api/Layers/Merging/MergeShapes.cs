namespace GpuKeras.Layers;

/// <summary>Shapes of several inputs in messages.</summary>
internal static class MergeShapes
{
    /// <summary>The shapes as Keras prints them, such as <c>[(None, 3), (None, 4)]</c>.</summary>
    public static string List(IReadOnlyList<Shape> shapes) => $"[{string.Join(", ", shapes.Select(static shape => shape.ToKerasString()))}]";
}
