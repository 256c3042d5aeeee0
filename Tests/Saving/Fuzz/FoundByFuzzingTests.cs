using GpuKeras.Layers;
using GpuKeras.Saving;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving.Fuzz;

/// <summary>Inputs that the fuzzer found, cut down to what mattered.</summary>
public sealed class FoundByFuzzingTests
{
    // Each once ended with JsonException, TargetInvocationException or NullReferenceException.
    [TestCase("\"kernel_size\":[3,3]", "\"kernel_size\":[null,3]")]
    [TestCase("\"kernel_size\":[3,3]", "\"kernel_size\":[null]")]
    [TestCase("\"kernel_size\":[3,3]", "\"kernel_size\":[\"x\",3]")]
    [TestCase("\"axis\":[-1]", "\"axis\":[null]")]
    [TestCase("\"activation\":\"tanh\"", "\"activation\":[1]")]
    [TestCase("\"activation\":\"tanh\"", "\"activation\":\"none such\"")]
    [TestCase("\"padding\":\"valid\"", "\"padding\":[]")]
    [TestCase("\"filters\":2", "\"filters\":\"two\"")]
    [TestCase("\"dims\":[3,1,2]", "\"dims\":[[3],1,2]")]
    public void FromJson_ValueOfAnotherType_ModelConfigException(string value, string other)
    {
        var json = new Sequential(
        [
            new InputLayer([4, 4, 1]), new Conv2D(2, 3, activation: "tanh"), new LayerNormalization(axis: new[] { -1 }), new Permute([3, 1, 2]),
        ]).ToJson();
        Assert.That(json, Does.Contain(value));
        Assert.That(() => Model.FromJson(json.Replace(value, other, StringComparison.Ordinal)), Throws.TypeOf<ModelConfigException>());
    }
}
