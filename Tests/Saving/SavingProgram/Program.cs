// A program that tests stop while it saves: SavingProgram FILE COUNT. The weights of the n-th time are all n.
// SavingProgram FOLDER COUNT, with a folder called 'kernels' or 'tuning', keeps an entry of a cache there.
using System.Globalization;
using GpuKeras;
using GpuKeras.Layers;
using GpuKeras.Tests.SavingProgram;

var (path, count) = (args[0], int.Parse(args[1], CultureInfo.InvariantCulture));
if (Path.GetFileName(path) is "kernels" or "tuning")
    return CacheWriter.Run(path, count);
var model = new Sequential([new InputLayer([512]), new Dense(2048, useBias: false), new Dense(512, useBias: false)]);
for (var number = 1; number <= count; number++)
{
    foreach (var weight in model.Weights)
        weight.Assign(Tensor.Full(weight.Shape, number));
    try
    {
        if (path.EndsWith(".keras", StringComparison.Ordinal))
            model.Save(path);
        else
            model.SaveWeights(path);
    }
    catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
    {
        Console.WriteLine($"refused: {exception.Message}");
        return 3;
    }
    Console.WriteLine($"saved {number}");
}
return 0;
