namespace GpuKeras.Kernels.Convolution;

/// <summary>Output pixels: those of some images in some rows and columns.</summary>
/// <param name="FirstImage">The first image.</param>
/// <param name="EndImage">After the last image.</param>
/// <param name="FirstRow">The first row.</param>
/// <param name="EndRow">After the last row.</param>
/// <param name="FirstColumn">The first column.</param>
/// <param name="EndColumn">After the last column.</param>
internal readonly record struct PixelBox(int FirstImage, int EndImage, int FirstRow, int EndRow, int FirstColumn, int EndColumn);
