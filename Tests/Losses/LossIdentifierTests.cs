using GpuKeras.Losses;
using NUnit.Framework;

namespace GpuKeras.Tests.Losses;

/// <summary>Keras' string identifiers of losses.</summary>
public sealed class LossIdentifierTests
{
    [TestCase("mse", typeof(MeanSquaredError), "mse")]
    [TestCase("MSE", typeof(MeanSquaredError), "MSE")]
    [TestCase("mean_squared_error", typeof(MeanSquaredError), "mean_squared_error")]
    [TestCase("MeanSquaredError", typeof(MeanSquaredError), "mean_squared_error")]
    [TestCase("mae", typeof(MeanAbsoluteError), "mae")]
    [TestCase("mape", typeof(MeanAbsolutePercentageError), "mape")]
    [TestCase("msle", typeof(MeanSquaredLogarithmicError), "msle")]
    [TestCase("kld", typeof(KLDivergence), "kld")]
    [TestCase("bce", typeof(BinaryCrossentropy), "bce")]
    [TestCase("huber", typeof(Huber), "huber")]
    [TestCase("Huber", typeof(Huber), "huber_loss")]
    [TestCase("log_cosh", typeof(LogCosh), "log_cosh")]
    [TestCase("cosine_similarity", typeof(CosineSimilarity), "cosine_similarity")]
    [TestCase("categorical_hinge", typeof(CategoricalHinge), "categorical_hinge")]
    [TestCase("squared_hinge", typeof(SquaredHinge), "squared_hinge")]
    [TestCase("hinge", typeof(Hinge), "hinge")]
    [TestCase("poisson", typeof(Poisson), "poisson")]
    [TestCase("binary_focal_crossentropy", typeof(BinaryFocalCrossentropy), "binary_focal_crossentropy")]
    [TestCase("categorical_focal_crossentropy", typeof(CategoricalFocalCrossentropy), "categorical_focal_crossentropy")]
    [TestCase("categorical_crossentropy", typeof(CategoricalCrossentropy), "categorical_crossentropy")]
    [TestCase("sparse_categorical_crossentropy", typeof(SparseCategoricalCrossentropy), "sparse_categorical_crossentropy")]
    [TestCase("dice", typeof(Dice), "dice")]
    [TestCase("tversky", typeof(Tversky), "tversky")]
    [TestCase("circle", typeof(Circle), "circle")]
    [TestCase("ctc", typeof(CTC), "ctc")]
    public void Loss_FromIdentifier_HasItsClassAndName(string identifier, Type type, string name)
    {
        Loss loss = identifier;

        Assert.That(loss, Is.TypeOf(type));
        Assert.That(loss.Name, Is.EqualTo(name));
    }

    [Test]
    public void Loss_EveryClassName_IsAnIdentifier()
    {
        var types = typeof(Loss).Assembly.GetExportedTypes();
        foreach (var type in types.Where(static type => type.IsSubclassOf(typeof(Loss)) && !type.IsAbstract))
            Assert.That((Loss)type.Name, Is.TypeOf(type));
    }

    [TestCase("mean_square_error", "did you mean 'mean_squared_error'?")]
    [TestCase("mes", "did you mean 'mse'?")]
    [TestCase("catgorical_crossentropy", "did you mean 'categorical_crossentropy'?")]
    [TestCase("foo", "'foo'")]
    public void Loss_UnknownIdentifier_SuggestsTheNearest(string identifier, string hint) =>
        Assert.That(
            () => (Loss)identifier,
            Throws.ArgumentException.With.Message.Contains("Could not interpret loss identifier").And.Message.Contains(hint));

    [TestCase("crossentropy")]
    [TestCase("ce")]
    public void Loss_Crossentropy_FitsTheShapes(string identifier)
    {
        Loss loss = identifier;
        var (column, rows) = (Tensor.From([0.2f, 0.9f], [2, 1]), Tensor.From([0.2f, 0.8f, 0.6f, 0.4f], [2, 2]));

        Assert.That(loss.Name, Is.EqualTo(identifier));
        Same(loss, new BinaryCrossentropy(), Tensor.From(0f, 1f), column);
        Same(loss, new SparseCategoricalCrossentropy(), Tensor.From(0, 1), rows);
        Same(loss, new SparseCategoricalCrossentropy(), Tensor.From([0, 1], [2, 1]), rows);
        Same(loss, new CategoricalCrossentropy(), Tensor.From([1f, 0f, 0f, 1f], [2, 2]), rows);
    }

    private static void Same(Loss actual, Loss expected, Tensor yTrue, Tensor yPred) =>
        Assert.That(actual.Apply(yTrue, yPred).ToScalar(), Is.EqualTo(expected.Apply(yTrue, yPred).ToScalar()));
}
