namespace GpuKeras.Datasets;

/// <summary>Images and what they show.</summary>
/// <param name="Images">The images, for instance <c>[n, height, width]</c> of uint8.</param>
/// <param name="Labels">The class of each image, <c>[n]</c> of uint8.</param>
public sealed record LabelledImages(Tensor Images, Tensor Labels);
