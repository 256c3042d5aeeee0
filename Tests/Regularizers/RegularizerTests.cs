using GpuKeras.Regularizers;
using GpuKeras.Saving;
using NUnit.Framework;

namespace GpuKeras.Tests.Regularizers;

public sealed class RegularizerTests
{
    private static readonly Tensor Weight = Tensor.From(new float[,] { { 1, -2 }, { 3, 4 } });

    [Test]
    public void Penalty_L1AndL2_AreTheFormulas()
    {
        Assert.That(new L1(0.5).Penalty(Weight).ToScalar(), Is.EqualTo(5));
        Assert.That(new L2(0.5).Penalty(Weight).ToScalar(), Is.EqualTo(15));
        Assert.That(new L1L2(0.5, 0.25).Penalty(Weight).ToScalar(), Is.EqualTo(12.5));
        Assert.That(new L1L2(l2: 0.5).Penalty(Weight).ToScalar(), Is.EqualTo(15));
        Assert.That(new L1L2(l1: 0.5).Penalty(Weight).ToScalar(), Is.EqualTo(5));
        Assert.That(new L1L2().Penalty(Weight).ToScalar(), Is.EqualTo(0));
    }

    [TestCase("rows", -5 / (2.23606797749979 * 5))]
    [TestCase("columns", 10 / (3.1622776601683795 * 4.47213595499958))]
    public void Penalty_Orthogonal_IsTheMeanAbsoluteCosine(string mode, double cosine) =>
        Assert.That(new OrthogonalRegularizer(0.1, mode).Penalty(Weight).ToScalar(), Is.EqualTo(0.1 * Math.Abs(cosine)).Within(1e-6));

    [Test]
    public void Penalty_Gradient_ReachesTheWeight()
    {
        var x = new Variable(Weight);
        using var tape = new GradientTape();
        var penalty = new L1L2(1, 0.5).Penalty(x);
        Assert.That(tape.Gradient(penalty, x)!.ToArray<float>(), Is.EqualTo(new float[] { 2, -3, 4, 5 }));
    }

    [TestCase("l1"), TestCase("l2"), TestCase("L1L2"), TestCase("orthogonal_regularizer")]
    public void Identifier_EveryRegularizer_MakesItAndItsConfigRoundTrips(string name)
    {
        Regularizer regularizer = name;
        var serialized = KerasConfig.Serialize(regularizer);
        Assert.That(serialized["module"]!.ToString(), Is.EqualTo("keras.regularizers"));
        var again = (Regularizer)KerasConfig.Deserialize(serialized);
        Assert.That(again.GetConfig().ToJsonString(), Is.EqualTo(regularizer.GetConfig().ToJsonString()));
        Assert.That(again.GetType(), Is.EqualTo(regularizer.GetType()));
    }

    [Test]
    public void Config_KerasKeys()
    {
        Regularizer regularizer = "l2";
        Assert.That(regularizer.GetConfig().ToJsonString(), Is.EqualTo("""{"l2":0.01}"""));
        Assert.That(new L1(0.5).GetConfig().ToJsonString(), Is.EqualTo("""{"l1":0.5}"""));
        Assert.That(new L1L2(0.5, 0.25).GetConfig().ToJsonString(), Is.EqualTo("""{"l1":0.5,"l2":0.25}"""));
    }

    [Test]
    public void BadArguments_AreRefused()
    {
        Regularizer Convert(string name) => name;
        Assert.That(
            () => Convert("l3"), Throws.ArgumentException.With.Message.Contains("regularizer").And.Message.Contains("did you mean"));
        Assert.That(() => new L2(-1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("got -1"));
        Assert.That(() => new L1(double.NaN), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("l1"));
        Assert.That(() => new OrthogonalRegularizer(mode: "diagonal"), Throws.ArgumentException.With.Message.Contains("'diagonal'"));
        Assert.That(
            () => new OrthogonalRegularizer().Penalty(Tensor.From(1f)), Throws.TypeOf<ShapeException>().With.Message.Contains("rank 2"));
    }
}
