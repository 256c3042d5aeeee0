using GpuKeras.Saving;

namespace GpuKeras.Datasets;

/// <summary>MNIST: handwritten digits, 60,000 to train on and 10,000 to test with.</summary>
/// <remarks>
/// The data comes with the library, in <c>data/mnist</c> beside the program. LeCun, Bottou, Bengio and Haffner, "Gradient-based learning
/// applied to document recognition", Proceedings of the IEEE 86(11), 1998.
/// </remarks>
public static class Mnist
{
    /// <summary>The number of classes: the digits 0 to 9.</summary>
    public const int Classes = 10;

    private const int Pixels = 28;

    /// <summary>Reads the images, <c>[n, 28, 28]</c> of uint8, 0 white to 255 black, and their labels, <c>[n]</c> of uint8.</summary>
    /// <param name="folder">
    /// Where the four IDX files <c>*.gz</c> are. By default <c>mnist</c> in the folder that the environment variable <c>GPUKERAS_DATA</c>
    /// names, and otherwise the copy that comes with the library.
    /// </param>
    /// <exception cref="FileNotFoundException">A file is not there.</exception>
    /// <exception cref="FileFormatException">A file is damaged, or is not MNIST's.</exception>
    public static (LabelledImages Train, LabelledImages Test) Load(string? folder = null)
    {
        folder ??= Path.Combine(EngineOptions.DataFolder ?? Path.Combine(AppContext.BaseDirectory, "data"), "mnist");
        return (Read(folder, "train"), Read(folder, "t10k"));
    }

    private static LabelledImages Read(string folder, string part)
    {
        var imagesPath = Find(folder, $"{part}-images-idx3-ubyte.gz");
        var labelsPath = Find(folder, $"{part}-labels-idx1-ubyte.gz");
        var images = IdxFile.Read(imagesPath);
        if (images.Rank != 3 || images.Shape[1] != Pixels || images.Shape[2] != Pixels || images.DType != DType.UInt8)
            throw Unexpected(imagesPath, $"uint8 [n, {Pixels}, {Pixels}]", images);
        var labels = IdxFile.Read(labelsPath);
        if (labels.Rank != 1 || labels.DType != DType.UInt8)
            throw Unexpected(labelsPath, "uint8 [n]", labels);
        if (labels.Shape[0] != images.Shape[0])
            throw new FileFormatException(
                labelsPath, $"{labels.Shape[0]} labels, but {images.Shape[0]} images in '{imagesPath}'", "take both files from the same source");
        var highest = labels.ToArray<byte>().DefaultIfEmpty().Max();
        if (highest >= Classes)
            throw new FileFormatException(labelsPath, $"labels must be 0 to {Classes - 1}; found {highest}");
        return new LabelledImages(images, labels);
    }

    private static string Find(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException(
                $"MNIST: '{path}' is not there. Hint: put the four files of data/mnist there, or name their folder's parent in GPUKERAS_DATA.", path);
    }

    private static FileFormatException Unexpected(string path, string expected, Tensor found) =>
        new(path, $"MNIST has {expected} here; found {found.DType.KerasName()} {found.Shape}", "check that the file is MNIST's");
}
