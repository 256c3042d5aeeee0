using GpuKeras.Losses;
using GpuKeras.Saving;

namespace GpuKeras.Metrics;

/// <summary>Intersection over union of the regions of some classes, the mean over those that occur.</summary>
/// <remarks>
/// true positives / (true positives + false positives + false negatives) for each class. Targets and predictions are class numbers of
/// one shape, or one-hot and probabilities <c>[batch, …, classes]</c>. Class numbers outside 0 … numClasses − 1 do not count.
/// With the default dtype weights are whole numbers, fractions are cut off; float32 keeps them.
/// </remarks>
public class IoU : SupervisedMetric
{
    private readonly int[] targetClassIds;
    private Variable? confusion;

    /// <summary>A measure of nothing so far.</summary>
    /// <param name="numClasses">The number of classes.</param>
    /// <param name="targetClassIds">The classes that are measured.</param>
    /// <param name="name">The name in logs; numbered by default.</param>
    /// <param name="ignoreClass">Entries with this target do not count.</param>
    /// <param name="sparseYTrue">Whether targets are class numbers; otherwise one-hot.</param>
    /// <param name="sparseYPred">Whether predictions are class numbers; otherwise probabilities or logits.</param>
    /// <param name="axis">The axis of the classes.</param>
    /// <param name="stateDType">The dtype of the confusion matrix, int32 or float32.</param>
    /// <exception cref="ArgumentException">A target class is not a class.</exception>
    public IoU(
        int numClasses,
        int[] targetClassIds,
        string? name = null,
        int? ignoreClass = null,
        bool sparseYTrue = true,
        bool sparseYPred = true,
        int axis = -1,
        [ConfigKey("dtype")] DType stateDType = DType.Int32)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(targetClassIds);
        foreach (var id in targetClassIds)
            if ((uint)id >= (uint)numClasses)
                throw new ArgumentException($"{Name}: target class ids must lie in 0 to {numClasses - 1}; got {id}", nameof(targetClassIds));
        if (stateDType is not (DType.Int32 or DType.Float32))
            throw new ArgumentException($"{Name}: the dtype must be int32 or float32; got {stateDType.KerasName()}", nameof(stateDType));
        (this.targetClassIds, StateDType) = (targetClassIds, stateDType);
        (NumClasses, IgnoreClass, SparseYTrue, SparseYPred, Axis) = (numClasses, ignoreClass, sparseYTrue, sparseYPred, axis);
    }

    /// <summary>The number of classes.</summary>
    public int NumClasses { get; }

    /// <summary>The classes that are measured.</summary>
    public IReadOnlyList<int> TargetClassIds => targetClassIds;

    /// <summary>Entries with this target do not count.</summary>
    public int? IgnoreClass { get; }

    /// <summary>Whether targets are class numbers; otherwise one-hot.</summary>
    public bool SparseYTrue { get; }

    /// <summary>Whether predictions are class numbers; otherwise probabilities or logits.</summary>
    public bool SparseYPred { get; }

    /// <summary>The axis of the classes.</summary>
    public int Axis { get; }

    /// <inheritdoc/>
    public override DType StateDType { get; }

    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    public override double Result()
    {
        if (confusion is null)
            return 0;
        var matrix = confusion.ToDoubles();
        var (sum, present) = (0.0, 0);
        foreach (var id in targetClassIds)
        {
            var union = -matrix[id * NumClasses + id];
            for (var other = 0; other < NumClasses; other++)
                union += matrix[id * NumClasses + other] + matrix[other * NumClasses + id];
            if (union <= 1e-9)
                continue;
            sum += matrix[id * NumClasses + id] / (union + Keras.Epsilon);
            present++;
        }
        return (float)(sum / (present + Keras.Epsilon));
    }

    /// <summary>Class numbers from predictions, of the same shape or without the class axis.</summary>
    private protected virtual Tensor Classify(Tensor yPred) => SparseYPred ? yPred : yPred.ArgMax(Axis);

    /// <inheritdoc/>
    protected override void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight)
    {
        var targets = (SparseYTrue ? yTrue : yTrue.ArgMax(Axis)).Cast(DType.Int32);
        var predictions = Classify(yPred).Cast(DType.Int32);
        if (targets.Size != predictions.Size)
            throw new ShapeException(
                $"metric '{Name}'", "targets and predictions must have as many entries",
                $"target {yTrue.Shape}, output {yPred.Shape}");
        var flat = new Shape((int)targets.Size);
        (targets, predictions) = (targets.Reshape(flat), predictions.Reshape(flat));
        var counted = IsClass(targets).LogicalAnd(IsClass(predictions));
        if (IgnoreClass is { } ignored)
            counted = counted.LogicalAnd(targets.NotEqual(ignored));
        var weights = counted.Cast(StateDType);
        if (sampleWeight is not null)
            weights = weights * Spread(sampleWeight.Cast(StateDType), flat);
        var cells = Tensor.Where(counted, targets * NumClasses + predictions, 0);
        confusion ??= AddVariable("total_confusion_matrix", [NumClasses, NumClasses], StateDType);
        confusion.AssignAdd(Tensor.Zeros([NumClasses * NumClasses], StateDType).ScatterAdd(cells, weights).Reshape(confusion.Shape));
    }

    private Tensor IsClass(Tensor numbers) => (numbers >= 0).LogicalAnd(numbers < NumClasses);

    private Tensor Spread(Tensor weights, in Shape entries)
    {
        var flat = weights.Rank > 1 ? weights.Reshape([(int)weights.Size]) : weights;
        LossShapes.RequireBroadcast($"metric '{Name}', sample weights", flat.Shape, entries);
        return flat.BroadcastTo(entries);
    }
}
