using GpuKeras.Kernels.Elementwise;

namespace GpuKeras;

/// <summary>A tensor whose values change: a weight, an optimizer's slot, a metric's state.</summary>
/// <remarks>
/// Its memory is its own, whatever <see cref="TensorScope"/> is open. A trainable variable of a floating-point dtype is followed by
/// every <see cref="GradientTape"/>.
/// </remarks>
public sealed class Variable : Tensor
{
    private static int structureVersion;

    private bool trainable;

    /// <summary>A variable with the values of <paramref name="initialValue"/>, which are copied.</summary>
    /// <param name="initialValue">The first values; they fix the shape and the dtype.</param>
    /// <param name="trainable">Whether training changes it.</param>
    /// <param name="name">The name within its layer, such as <c>kernel</c>.</param>
    public Variable(Tensor initialValue, bool trainable = true, string name = "variable")
        : base(RentOwn(initialValue), 0, initialValue.Shape, initialValue.DType)
    {
        Name = name;
        Path = name;
        Trainable = trainable;
        CopyFrom(initialValue);
    }

    /// <summary>Counts the changes to which variables exist and which are trainable, so that lists of them can be kept.</summary>
    internal static int StructureVersion => Volatile.Read(ref structureVersion);

    /// <summary>The name within its layer, such as <c>kernel</c>.</summary>
    public string Name { get; }

    /// <summary>The name within its model, such as <c>dense/kernel</c>.</summary>
    public string Path { get; set; }

    /// <summary>Whether training changes it: whether tapes follow it.</summary>
    public bool Trainable
    {
        get => trainable;
        set
        {
            trainable = value;
            ChangeStructure();
            TapeMask = value && DType.IsFloatingPoint() ? ulong.MaxValue : 0;
        }
    }

    /// <summary>The current values as a tensor of their own; gradients with respect to it are the variable's.</summary>
    public Tensor Value => new ReshapeOp(Shape).Apply(this);

    /// <summary>Replaces the values, by those of a tensor on any device.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public void Assign(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Shape != Shape)
            throw new ShapeException(
                $"variable '{Path}'", "the shape of the new value must be the variable's", $"variable {Shape}, value {value.Shape}");
        // While a layer's output shape is traced there are no values; the shape has been checked.
        if (value.IsSymbolic)
            return;
        var converted = value.DType == DType ? value : value.Cast(DType);
        CopyFrom(converted.To(Device));
        MarkChanged();
    }

    /// <summary>Adds to the values.</summary>
    public void AssignAdd(Tensor value)
    {
        if (!TryChange(AddOp.Instance, value))
            Assign(this + value);
    }

    /// <summary>Subtracts from the values.</summary>
    public void AssignSubtract(Tensor value)
    {
        if (!TryChange(SubtractOp.Instance, value))
            Assign(this - value);
    }

    /// <summary>A view of the values as they are now: a tensor never changes, so it cannot share a variable's memory.</summary>
    internal override Tensor Alias(in Shape viewShape, long firstElement = 0)
    {
        using var copy = Copy();
        return copy.Alias(viewShape, firstElement);
    }

    /// <summary>The current values as a tensor of their own, off every tape.</summary>
    internal Tensor Copy()
    {
        var copy = Empty(Shape, DType, Device);
        copy.CopyFrom(this);
        return copy;
    }

    /// <summary>Says that a layer or a variable was made, moved, frozen or thawed; by any thread, none of whose changes may get lost.</summary>
    internal static void ChangeStructure() => Interlocked.Increment(ref structureVersion);

    /// <summary>Says that a kernel has changed the values in place.</summary>
    internal void MarkChanged() => Storage.Version++;

    /// <summary>Combines the values with others in place, one launch instead of two, where nothing has to be converted or repeated.</summary>
    private bool TryChange<TFunction>(ZipOp<TFunction> operation, Tensor value)
        where TFunction : struct, IDifferentiableBinaryFunction
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.IsSymbolic || value.Shape != Shape || value.DType != DType || value.Device != Device || DType is DType.Bool or DType.UInt8)
            return false;
        operation.RunInPlace(this, value);
        MarkChanged();
        return true;
    }

    private static Storage RentOwn(Tensor initialValue)
    {
        ArgumentNullException.ThrowIfNull(initialValue);
        return initialValue.Device.Memory.Rent(initialValue.Size * initialValue.DType.SizeBytes(), scope: null);
    }
}
