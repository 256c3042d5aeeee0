using GpuKeras.Constraints;
using GpuKeras.Saving;
using NUnit.Framework;

namespace GpuKeras.Tests.Constraints;

public sealed class ConstraintTests
{
    // Columns of norms 5 and 0.5.
    private static readonly Tensor Weight = Tensor.From(new float[,] { { 3, 0.3f }, { -4, 0.4f } });

    [Test]
    public void Project_NonNeg_ZeroesNegatives() =>
        Assert.That(new NonNeg().Project(Weight).ToArray<float>(), Is.EqualTo(new[] { 3, 0.3f, 0, 0.4f }));

    [Test]
    public void Project_MaxNorm_ShortensLongColumns() => Check(new MaxNorm(2), 1.2, 0.3, -1.6, 0.4);

    [Test]
    public void Project_UnitNorm_MakesColumnsOfLengthOne() => Check(new UnitNorm(), 0.6, 0.6, -0.8, 0.8);

    [Test]
    public void Project_UnitNorm_AlongRowsAndBothAxes()
    {
        Check(new UnitNorm(axis: 1), 3 / Math.Sqrt(9.09), 0.3 / Math.Sqrt(9.09), -4 / Math.Sqrt(16.16), 0.4 / Math.Sqrt(16.16));
        var whole = Math.Sqrt(25.25);
        Check(new UnitNorm(axis: [0, 1]), 3 / whole, 0.3 / whole, -4 / whole, 0.4 / whole);
    }

    [Test]
    public void Project_MinMaxNorm_GoesTheRateOfTheWay()
    {
        Check(new MinMaxNorm(1, 2), 1.2, 0.6, -1.6, 0.8);
        Check(new MinMaxNorm(1, 2, rate: 0.5), 2.1, 0.45, -2.8, 0.6);
    }

    [TestCase("non_neg"), TestCase("max_norm"), TestCase("unit_norm"), TestCase("min_max_norm")]
    public void Identifier_EveryConstraint_MakesItAndItsConfigRoundTrips(string name)
    {
        Constraint constraint = name;
        var serialized = KerasConfig.Serialize(constraint);
        Assert.That(serialized["module"]!.ToString(), Is.EqualTo("keras.constraints"));
        var again = (Constraint)KerasConfig.Deserialize(serialized);
        Assert.That(again.GetConfig().ToJsonString(), Is.EqualTo(constraint.GetConfig().ToJsonString()));
        Assert.That(again.GetType(), Is.EqualTo(constraint.GetType()));
    }

    [Test]
    public void Config_Axes_AreANumberOrAList()
    {
        Assert.That(new UnitNorm(axis: 1).GetConfig().ToJsonString(), Is.EqualTo("""{"axis":1}"""));
        var several = KerasConfig.Serialize(new MaxNorm(3, axis: [0, 1]));
        Assert.That(several["config"]!.ToJsonString(), Is.EqualTo("""{"max_value":3.0,"axis":[0,1]}"""));
        Assert.That(((MaxNorm)KerasConfig.Deserialize(several)).GetConfig().ToJsonString(), Is.EqualTo("""{"max_value":3.0,"axis":[0,1]}"""));
    }

    [Test]
    public void Identifier_Unknown_SuggestsTheNearest()
    {
        Constraint Convert(string name) => name;
        Assert.That(() => Convert("nonneg"), Throws.ArgumentException.With.Message.Contains("did you mean"));
    }

    private static void Check(Constraint constraint, params double[] expected) =>
        Assert.That(constraint.Project(Weight).ToDoubles(), Is.EqualTo(expected).Within(2e-6));
}
