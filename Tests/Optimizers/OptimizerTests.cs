using GpuKeras.Constraints;
using GpuKeras.Optimizers;
using GpuKeras.Saving;
using GpuKeras.Tests.Callbacks;
using NUnit.Framework;

namespace GpuKeras.Tests.Optimizers;

public sealed class OptimizerTests
{
    private static readonly string[] Names =
        ["sgd", "rmsprop", "adam", "adamw", "adagrad", "adadelta", "adamax", "nadam", "lion", "ftrl"];

    // Composed of operations instead of one fused kernel.
    private static readonly string[] Composed = ["lamb", "adafactor", "muon", "schedulefreeadamw"];

    private static IEnumerable<string> AllNames => Names.Concat(Composed);

    [TestCaseSource(nameof(AllNames))]
    public void Identifier_EveryOptimizer_MakesItWithKerasDefaults(string name)
    {
        Optimizer optimizer = name;
        Assert.That(optimizer.GetType().Name, Is.EqualTo(name).IgnoreCase);
        Assert.That(optimizer.LearningRate, Is.EqualTo(name switch { "sgd" => 0.01f, "schedulefreeadamw" => 0.0025f, _ => 0.001f }));
        Assert.That(optimizer.WeightDecay, Is.EqualTo(name is "adamw" or "muon" ? 0.004 : null));
    }

    [TestCaseSource(nameof(AllNames))]
    public void Config_EveryOptimizer_RoundTrips(string name)
    {
        Optimizer optimizer = name;
        var again = (Optimizer)KerasConfig.Deserialize(KerasConfig.Serialize(optimizer));
        Assert.That(again.GetConfig().ToJsonString(), Is.EqualTo(optimizer.GetConfig().ToJsonString()));
        Assert.That(again.GetType(), Is.EqualTo(optimizer.GetType()));
    }

    // A quadratic bowl in both dtypes; the float32 path must follow the float64 one.
    [TestCaseSource(nameof(AllNames))]
    public void Steps_QuadraticBowl_FallAndAgreeInBothDTypes(string name)
    {
        var results = new List<double[]>();
        foreach (var dtype in new[] { DType.Float32, DType.Float64 })
        {
            Optimizer optimizer = name;
            optimizer.LearningRate = 0.01;
            var x = new Variable(Tensor.FromDoubles([1, -2, 0.5], [3], dtype));
            for (var step = 0; step < 50; step++)
            {
                using var tape = new GradientTape();
                optimizer.ApplyGradients(tape.Gradient((x * x).Sum(), [x]), [x]);
            }
            results.Add(x.ToDoubles());
        }
        Assert.That(results[1].Sum(static v => v * v), Is.LessThan(5.25));
        Assert.That(results[0], Is.EqualTo(results[1]).Within(2e-4));
    }

    [Test]
    public void Identifier_Unknown_SuggestsTheNearest()
    {
        Optimizer Convert(string name) => name;
        Assert.That(
            () => Convert("adma"), Throws.ArgumentException.With.Message.Contains("'adma'").And.Message.Contains("did you mean 'adam'?"));
        Assert.That(Convert("RMSprop"), Is.TypeOf<RMSprop>());
    }

    [Test]
    public void Clipping_TwoKinds_AreRefused() =>
        Assert.That(
            () => new Adam(clipnorm: 1, clipvalue: 0.5),
            Throws.ArgumentException.With.Message.Contains("clipnorm=1, clipvalue=0.5, globalClipnorm=null"));

    [Test]
    public void Constructors_NumbersOutOfRange_AreRefused()
    {
        AssertRefused(static () => new SGD(momentum: 1.5), "got 1.5");
        AssertRefused(static () => new SGD(gradientAccumulationSteps: 1), "at least 2; got 1");
        AssertRefused(static () => new SGD(useEma: true, emaMomentum: 1.1), "got 1.1");
        AssertRefused(static () => new SGD(useEma: true, emaOverwriteFrequency: 0), "got 0");
        AssertRefused(static () => new Lion(beta1: 0), "SignSGD");
        AssertRefused(static () => new Ftrl(learningRatePower: 0.5), "learningRatePower");
        AssertRefused(static () => new Ftrl(initialAccumulatorValue: -1), "got -1");
        AssertRefused(static () => new ScheduleFreeAdamW(beta1: 0), "got 0");
    }

    [Test]
    public void LearningRate_Number_CanBeSetAndIsRoundedToFloat32()
    {
        var optimizer = new SGD(learningRate: 0.1) { LearningRate = 0.2 };
        Assert.That(optimizer.LearningRate, Is.EqualTo((double)0.2f));
        optimizer.Variables[1].Assign(Tensor.Scalar(0.5));
        Assert.That(optimizer.LearningRate, Is.EqualTo(0.5), "assigned from outside, as loading weights does");
    }

    [Test]
    public void LearningRate_Schedule_FollowsStepsAndIsNotSettable()
    {
        var optimizer = new SGD(learningRate: new ExponentialDecay(1, 1, 0.5));
        var x = new Variable(Tensor.From(8f));
        optimizer.ApplyGradients([Tensor.From(1f)], [x]);
        optimizer.ApplyGradients([Tensor.From(1f)], [x]);
        Assert.That(x.ToScalar(), Is.EqualTo(8 - 1 - 0.5));
        Assert.That(optimizer.LearningRate, Is.EqualTo(0.25));
        Assert.That(optimizer.Variables, Has.Count.EqualTo(1));
        Assert.That(() => optimizer.LearningRate = 1, Throws.InvalidOperationException.With.Message.Contains("LearningRateSchedule"));
        optimizer.Schedule = null;
        Assert.That(optimizer.LearningRate, Is.EqualTo(0.25));
        Assert.That(optimizer.Variables[1].Name, Is.EqualTo("learning_rate"));
    }

    [Test]
    public void ApplyGradients_SomeNull_SkipsThemAndWarnsOnce()
    {
        var (x, y) = (new Variable(Tensor.From(1f), name: "x"), new Variable(Tensor.From(1f), name: "y"));
        var optimizer = new SGD(learningRate: 0.5);
        using var errors = new CapturedErrors();
        for (var step = 0; step < 2; step++)
            optimizer.ApplyGradients([Tensor.From(1f), null], [x, y]);
        Assert.That((x.ToScalar(), y.ToScalar()), Is.EqualTo((0.0, 1.0)));
        Assert.That(errors.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(1));
        Assert.That(errors.Text, Does.Contain("Gradients do not exist for variables [y]"));
    }

    [Test]
    public void ApplyGradients_BadArguments_SayWhat()
    {
        var (x, y) = (new Variable(Tensor.From(1f), name: "x"), new Variable(Tensor.From(1f, 2f), name: "y"));
        var optimizer = new SGD();
        Assert.That(
            () => optimizer.ApplyGradients([null], [x]),
            Throws.ArgumentException.With.Message.Contains("No gradients provided for any variable."));
        Assert.That(() => optimizer.ApplyGradients([], [x]), Throws.ArgumentException.With.Message.Contains("0 gradients, 1 variables"));
        Assert.That(
            () => optimizer.ApplyGradients([Tensor.From(1f, 2f)], [x]),
            Throws.TypeOf<ShapeException>().With.Message.Contains("x [1], gradient [2]"));
        Assert.That(
            () => optimizer.ApplyGradients([Tensor.From(1f, 2f)], [y]),
            Throws.ArgumentException.With.Message.Contains("Unknown variable: y").And.Message.Contains("originally built with"));
        Assert.That(optimizer.Iterations, Is.EqualTo(0), "a refused step does not count");
        Assert.That(
            () => new SGD().ApplyGradients([Tensor.From(1)], [new Variable(Tensor.From(1), name: "n")]),
            Throws.TypeOf<DTypeException>().With.Message.Contains("n int32"));
    }

    [Test]
    public void ApplyGradients_Constraint_HoldsInAFreeLoop()
    {
        var x = new Variable(Tensor.From(0.1f, 1f)) { Constraint = new NonNeg() };
        new SGD(learningRate: 1).ApplyGradients([Tensor.From(0.5f, 0.5f)], [x]);
        Assert.That(x.ToArray<float>(), Is.EqualTo(new[] { 0f, 0.5f }));
        x.Constraint = null;
        Assert.That(x.Constraint, Is.Null);
    }

    [Test]
    public void ExcludeFromWeightDecay_ByObjectAndName_LeavesThemAlone()
    {
        var (kernel, bias, scale) = (One("kernel"), One("bias"), One("scale"));
        var optimizer = new SGD(learningRate: 1, weightDecay: 0.5);
        optimizer.ExcludeFromWeightDecay([scale], ["^bias"]);
        var zero = Tensor.From(0f);
        optimizer.ApplyGradients([zero, zero, zero], [kernel, bias, scale]);
        Assert.That((kernel.ToScalar(), bias.ToScalar(), scale.ToScalar()), Is.EqualTo((0.5, 1.0, 1.0)));
        Assert.That(
            () => optimizer.ExcludeFromWeightDecay(names: ["x"]),
            Throws.InvalidOperationException.With.Message.Contains("before the optimizer is built"));
    }

    [Test]
    public void FinalizeVariables_WithEma_TakesTheAverages()
    {
        var x = One("x");
        var optimizer = new SGD(learningRate: 1, useEma: true, emaMomentum: 0.5);
        for (var step = 0; step < 2; step++)
            optimizer.ApplyGradients([Tensor.From(1f)], [x]);
        // Values 0 and −1; the average starts at the first: 0, then −0.5.
        Assert.That(x.ToScalar(), Is.EqualTo(-1));
        optimizer.FinalizeVariables([x]);
        Assert.That(x.ToScalar(), Is.EqualTo(-0.5));
        Assert.That(() => optimizer.FinalizeVariables([One("y")]), Throws.ArgumentException.With.Message.Contains("Unknown variable: y"));
    }

    [Test]
    public void GlobalClipnorm_NaNGradient_ReachesAllVariables()
    {
        var (x, y) = (One("x"), One("y"));
        new SGD(globalClipnorm: 1).ApplyGradients([Tensor.From(float.NaN), Tensor.From(1f)], [x, y]);
        Assert.That(y.ToScalar(), Is.NaN);
    }

    [Test]
    public void ScaleLoss_Factor_IsUndoneByTheStep()
    {
        var x = One("x");
        var optimizer = new SGD(learningRate: 0.5, lossScaleFactor: 1024);
        using var tape = new GradientTape();
        var loss = optimizer.ScaleLoss((x * x).Sum());
        optimizer.ApplyGradients(tape.Gradient(loss, [x]), [x]);
        Assert.That(x.ToScalar(), Is.EqualTo(0));
    }

    [Test]
    public void Slots_StepInsideAScope_OutliveIt()
    {
        var x = One("x");
        var optimizer = new Adam();
        for (var step = 0; step < 3; step++)
        {
            using var scope = new TensorScope();
            optimizer.ApplyGradients([Tensor.From(1f)], [x]);
        }
        Assert.That(optimizer.Variables.Single(static slot => slot.Name == "x_momentum").ToScalar(), Is.EqualTo(0.271).Within(1e-6));
    }

    [TestCaseSource(nameof(Names))]
    public void ApplyGradients_SteadyState_HardlyAllocates(string name)
    {
        const int Steps = 200;
        Optimizer optimizer = name;
        IReadOnlyList<Variable> variables = [One("x"), One("y")];
        IReadOnlyList<Tensor?> gradients = [Tensor.From(0.1f), Tensor.From(0.2f)];
        for (var step = 0; step < Steps; step++)
            optimizer.ApplyGradients(gradients, variables);
        var (bytes, live) = (GC.GetAllocatedBytesForCurrentThread(), Device.Current.Memory.LiveBytes);
        for (var step = 0; step < Steps; step++)
            optimizer.ApplyGradients(gradients, variables);
        // One scope object a step.
        Assert.That((GC.GetAllocatedBytesForCurrentThread() - bytes) / Steps, Is.LessThan(128));
        Assert.That(Device.Current.Memory.LiveBytes, Is.EqualTo(live));
    }

    // All variables of one dtype go through one launch: each gets what an optimizer of its own gives it, bit for bit.
    [TestCaseSource(nameof(AllNames))]
    public void ApplyGradients_ManyVariables_AreUpdatedAsEachAlone(string name)
    {
        Shape[] shapes = [new(3, 5), new(1), new(33), new(70, 501), new(16), new(0), new(17, 1)];
        // Nadam rounds its running product to the first variable's dtype, so its updates do depend on the others' dtypes.
        DType DTypeOf(int i) => i % 3 == 1 && name != "nadam" ? DType.Float64 : DType.Float32;
        Variable[] Make()
        {
            var random = new RandomGenerator(seed: 7);
            return [.. shapes.Select((shape, i) => new Variable(random.Normal(shape).Cast(DTypeOf(i)), name: $"v{i}"))];
        }
        Optimizer Optimizer() => name;
        var (together, alone) = (Make(), Make());
        var (one, each) = (Optimizer(), Array.ConvertAll(alone, _ => Optimizer()));
        var gradients = new RandomGenerator(seed: 8);
        for (var step = 0; step < 3; step++)
        {
            Tensor[] given = [.. shapes.Select((shape, i) => gradients.Normal(shape).Cast(DTypeOf(i)))];
            one.ApplyGradients(given, together);
            for (var i = 0; i < shapes.Length; i++)
                each[i].ApplyGradients([given[i]], [alone[i]]);
        }
        for (var i = 0; i < shapes.Length; i++)
            Assert.That(
                together[i].ToDoubles(), Is.EqualTo(alone[i].ToDoubles()), $"v{i} {shapes[i]}");
    }

    [Test]
    public void ApplyGradients_VariableGivenTwice_IsUpdatedTwice()
    {
        var x = new Variable(Tensor.From(8f));
        new SGD(learningRate: 1, momentum: 0.5).ApplyGradients([Tensor.From(1f), Tensor.From(2f)], [x, x]);
        Assert.That(x.ToScalar(), Is.EqualTo(8 - 1 - 2.5), "the second step goes on with the first one's momentum");
    }

    [Test]
    public void UpdateStep_OwnAlgorithm_GetsWhatItNeeds()
    {
        var x = One("x");
        var optimizer = new SignMomentum { LearningRate = 0.5 };
        optimizer.ApplyGradients([Tensor.From(-3f)], [x]);
        Assert.That(x.ToScalar(), Is.EqualTo(1 - 0.25 + 0.5), "decayed, then a step of one learning rate up");
        Assert.That(optimizer.Variables.Single(static slot => slot.Path == "sign_momentum/x_last").ToScalar(), Is.EqualTo(-3));
    }

    private static void AssertRefused(Func<object> make, string message) =>
        Assert.That(() => make(), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains(message));

    private static Variable One(string name) => new(Tensor.From(1f), name: name);
}

internal sealed class SignMomentum() : Optimizer(0.1, weightDecay: 0.5, name: "sign_momentum")
{
    private Variable[] last = [];

    protected override void CreateSlots(IReadOnlyList<Variable> variables) => last = AddSlots(variables, "last");

    protected override void UpdateStep(in VariableUpdate update)
    {
        last[update.Index].Assign(update.Gradient);
        update.Variable.Assign(update.Variable * (1 - update.WeightDecay) - update.Gradient.Sign() * update.LearningRate);
    }
}
