using System.Text.Json.Nodes;
using GpuKeras.Optimizers;
using GpuKeras.Saving;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Optimizers;

public sealed class ScheduleTests
{
    private static readonly string[] Cases =
        ["exp", "exp_stair", "piecewise", "poly", "poly_cycle", "invtime", "invtime_stair", "cosine", "cosine_warm", "restarts"];

    [Test]
    public void Cases_Table_HasNoOthers() =>
        Assert.That(GoldenFiles.Json("tables/schedules.json").EnumerateObject().Select(static entry => entry.Name), Is.EquivalentTo(Cases));

    [TestCaseSource(nameof(Cases))]
    public void At_KerasTable_SameValuesAndConfig(string name)
    {
        var serialized = (JsonObject)JsonNode.Parse(GoldenFiles.Json("tables/schedules.json").GetProperty(name).GetRawText())!;
        var arrays = GoldenFiles.Npz("tables/schedules.npz");
        var schedule = (LearningRateSchedule)KerasConfig.Deserialize(serialized);
        var (steps, expected) = (arrays["steps"].ToArray<int>(), arrays[name].ToArray<float>());
        for (var i = 0; i < steps.Length; i++)
            Assert.That(schedule.At(steps[i]), Is.EqualTo(expected[i]).Within(1e-7 + 1e-5 * expected[i]), $"step {steps[i]}");

        var written = KerasConfig.Serialize(schedule);
        Assert.That(JsonNode.DeepEquals(written["module"], serialized["module"]), written.ToJsonString());
        var again = (LearningRateSchedule)KerasConfig.Deserialize(written);
        Assert.That(steps.Select(step => again.At(step)), Is.EqualTo(steps.Select(step => schedule.At(step))));
        Assert.That(Keys(written), Is.EquivalentTo(Keys(serialized)));
    }

    [Test]
    public void CosineDecayRestarts_EqualPeriods_StartsAgainEachTime()
    {
        var schedule = new CosineDecayRestarts(1, 10, tMul: 1, mMul: 0.5);
        Assert.That(schedule.At(10), Is.EqualTo(0.5).Within(1e-12));
        Assert.That(schedule.At(25), Is.EqualTo(0.125).Within(1e-12));
    }

    [Test]
    public void Constructors_BadNumbers_NameThem()
    {
        AssertRefused(static () => new ExponentialDecay(0.1, 0, 0.5), "ExponentialDecay: decaySteps must be > 0; got 0");
        AssertRefused(static () => new InverseTimeDecay(0.1, -1, 0.5), "InverseTimeDecay: decaySteps must be > 0; got -1");
        AssertRefused(static () => new PolynomialDecay(0.1, 0), "PolynomialDecay: decaySteps must be > 0; got 0");
        AssertRefused(static () => new CosineDecay(0.1, 0), "CosineDecay: decaySteps must be > 0; got 0");
        AssertRefused(static () => new CosineDecayRestarts(0.1, 0), "CosineDecayRestarts: firstDecaySteps must be > 0; got 0");
        Assert.That(
            () => new PiecewiseConstantDecay([1, 2], [1, 2]), Throws.ArgumentException.With.Message.Contains("2 boundaries, 2 values"));
    }

    private static void AssertRefused(Func<object> make, string message) =>
        Assert.That(() => make(), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains(message));

    private static IEnumerable<string> Keys(JsonObject serialized) => serialized["config"]!.AsObject().Select(static entry => entry.Key);
}
