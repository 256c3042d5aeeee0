namespace GpuKeras.Layers;

/// <summary>
/// A layer that can apply relu to its output in the pass that computes it. A model's graph asks for it where nothing else sees the
/// output before relu, with <see cref="FollowedByRelu"/> as the call's argument; the layer itself does not change.
/// </summary>
internal interface IReluFusion
{
}
