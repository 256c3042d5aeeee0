using System.Diagnostics;
using System.Globalization;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Cli;

/// <summary>The command-line program as a process: output, exit codes, files.</summary>
[Parallelizable]
public class CommandLineTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private SmallMnist data = null!;
    private DirectoryInfo output = null!;

    [OneTimeSetUp]
    public void MakeData() => data = new SmallMnist(trainCount: 2000, testCount: 500);

    [OneTimeTearDown]
    public void RemoveData() => data.Dispose();

    [SetUp]
    public void MakeOutput() => output = Directory.CreateTempSubdirectory("gpukeras-out-");

    [TearDown]
    public void RemoveOutput() => output.Delete(recursive: true);

    [TestCase("mlp")]
    [TestCase("cnn")]
    [TestCase("functional")]
    [TestCase("subclass")]
    public void Train_EachModel_LearnsSavesAndEvaluates(string model)
    {
        using var train = Run("train", "mnist", "--model", model, "--epochs", "2", "--output", output.FullName, "--verbose", "2");
        Assert.That(train.WaitForExit(Limit), Is.Zero, train.Errors);
        var lines = train.Output.TrimEnd().Split('\n');
        Assert.That(lines[0], Does.StartWith($"device: {Device.Current.Name}"));
        Assert.That(train.Output, Does.Contain("Total params").And.Contain("Epoch 2/2").And.Contain("val_accuracy"));
        Assert.That(lines[^2], Does.Match(@"^test accuracy: 0\.\d{4}$"));
        Assert.That(double.Parse(lines[^2].Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture), Is.GreaterThan(0.75));
        var weights = Path.Combine(output.FullName, $"mnist-{model}.safetensors");
        Assert.That(lines[^1], Is.EqualTo($"weights saved in {weights}"));

        using var evaluate = Run("evaluate", weights, "--verbose", "0");
        Assert.That(evaluate.WaitForExit(Limit), Is.Zero, evaluate.Errors);
        Assert.That(evaluate.Output, Does.Contain(lines[^2]), "saved weights must give the accuracy they had");
    }

    [Test]
    public void Train_SameSeed_GivesTheSameFile_AnotherSeedAnother()
    {
        byte[] Weights(string folder, string seed)
        {
            var path = Path.Combine(output.FullName, folder);
            using var train = Run(
                "train", "mnist", "--model", "mlp", "--epochs", "1", "--limit", "500", "--seed", seed, "--output", path, "--verbose", "0");
            Assert.That(train.WaitForExit(Limit), Is.Zero, train.Errors);
            return File.ReadAllBytes(Path.Combine(path, "mnist-mlp.safetensors"));
        }
        var first = Weights("a", "7");
        Assert.That(Weights("b", "7"), Is.EqualTo(first));
        Assert.That(Weights("c", "8"), Is.Not.EqualTo(first));
    }

    [Test]
    public void Train_Interrupted_SavesTheWeightsSoFarAndExits130()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Windows has no SIGINT for another process");
        using var train = Run("train", "mnist", "--epochs", "1000", "--output", output.FullName, "--verbose", "2");
        train.WaitForOutput("Epoch 2/1000", Limit);
        using (var kill = Process.Start("kill", ["-INT", train.Id.ToString(CultureInfo.InvariantCulture)]))
            kill.WaitForExit();
        Assert.That(train.WaitForExit(Limit), Is.EqualTo(130), train.Errors);
        Assert.That(train.Output, Does.Contain("interrupted; the weights so far are saved in"));
        Assert.That(Directory.GetFiles(output.FullName).Select(Path.GetFileName), Is.EqualTo(new[] { "mnist-cnn.safetensors" }));
    }

    [Test]
    public void Devices_TellsOfEveryKind()
    {
        using var devices = Run("devices");
        Assert.That(devices.WaitForExit(Limit), Is.Zero, devices.Errors);
        Assert.That(devices.Output, Does.Contain("cpu").And.Contain("cuda").And.Contain("opencl"));
    }

    [Test]
    public void Predict_DrawsTheDigitAndTheProbabilities()
    {
        using var train = Run("train", "mnist", "--model", "mlp", "--epochs", "2", "--output", output.FullName, "--verbose", "0");
        Assert.That(train.WaitForExit(Limit), Is.Zero, train.Errors);
        using var predict = Run("predict", Path.Combine(output.FullName, "mnist-mlp.safetensors"), "--index", "0");
        Assert.That(predict.WaitForExit(Limit), Is.Zero, predict.Errors);
        Assert.That(predict.Output, Does.Contain("█").And.Contain("label 7, predicted 7").And.Contain("%"));
    }

    [TestCase("--device", "cuda:3", "cuda:3")]
    [TestCase("--model", "resnet", "resnet")]
    [TestCase("--epochs", "0", "positive")]
    [TestCase("--limit", "-5", "positive")]
    public void Train_BadOption_SaysWhichAndExitsWithAnError(string option, string value, string inMessage)
    {
        using var train = Run("train", "mnist", option, value, "--output", output.FullName);
        Assert.That(train.WaitForExit(Limit), Is.Not.Zero);
        Assert.That(train.Errors, Does.Contain(inMessage));
        Assert.That(output.GetFiles(), Is.Empty);
    }

    [Test]
    public void Train_UnwritableOutput_FailsBeforeTraining()
    {
        var file = Path.Combine(output.FullName, "file");
        File.WriteAllText(file, "");
        using var train = Run("train", "mnist", "--output", Path.Combine(file, "inside"));
        Assert.That(train.WaitForExit(Limit), Is.EqualTo(1));
        Assert.That(train.Errors, Does.StartWith("error: ").And.Contain("inside"));
        Assert.That(train.Output, Does.Not.Contain("Epoch"));
    }

    [Test]
    public void Train_CorruptData_NamesTheFile()
    {
        using var corrupt = new SmallMnist(10, 10);
        var path = Path.Combine(corrupt.Folder, "mnist", "train-images-idx3-ubyte.gz");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..200]);
        using var train = Start(corrupt, "train", "mnist", "--output", output.FullName);
        Assert.That(train.WaitForExit(Limit), Is.EqualTo(1));
        Assert.That(train.Errors, Does.StartWith("error: ").And.Contain("train-images-idx3-ubyte.gz"));
    }

    [TestCase("evaluate")]
    [TestCase("predict")]
    public void MissingOrForeignWeights_AreAnError(string command)
    {
        using var missing = Run(command, Path.Combine(output.FullName, "mnist-cnn.safetensors"));
        Assert.That(missing.WaitForExit(Limit), Is.EqualTo(1));
        Assert.That(missing.Errors, Does.StartWith("error: ").And.Contain("mnist-cnn.safetensors"));

        var foreign = Path.Combine(output.FullName, "mnist-mlp.safetensors");
        File.WriteAllText(foreign, "not a weights file");
        using var bad = Run(command, foreign);
        Assert.That(bad.WaitForExit(Limit), Is.EqualTo(1));
        Assert.That(bad.Errors, Does.StartWith("error: ").And.Contain("mnist-mlp.safetensors"));
    }

    [Test]
    public void Debug_SaysTheDeviceAndEachLaunch()
    {
        using var train = new RunningProgram(
            [Path.Combine(TestContext.CurrentContext.TestDirectory, "GpuKeras.Cli.dll"), "train", "mnist", "--model", "mlp", "--epochs", "1", "--limit", "64",
                "--output", output.FullName, "--verbose", "0", "--device", "cpu"],
            new Dictionary<string, string> { ["GPUKERAS_DATA"] = data.Folder, ["GPUKERAS_DEBUG"] = "2" });
        Assert.That(train.WaitForExit(Limit), Is.Zero, train.Errors);
        Assert.That(train.Errors, Does.Contain("device cpu: ").And.Match(@"cpu matmul \d+\.\d{3} ms"));
    }

    [Test]
    public void Predict_IndexBeyondTheData_NamesTheLimit()
    {
        using var predict = Run("predict", "mnist-cnn.safetensors", "--index", "500");
        Assert.That(predict.WaitForExit(Limit), Is.EqualTo(1));
        Assert.That(predict.Errors, Does.Contain("499").And.Contain("500"));
    }

    private static RunningProgram Start(SmallMnist mnist, params string[] arguments) =>
        new(
            [Path.Combine(TestContext.CurrentContext.TestDirectory, "GpuKeras.Cli.dll"), .. arguments],
            new Dictionary<string, string> { ["GPUKERAS_DATA"] = mnist.Folder });

    private RunningProgram Run(params string[] arguments) => Start(data, arguments);
}
