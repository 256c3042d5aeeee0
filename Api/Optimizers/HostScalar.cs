namespace GpuKeras.Optimizers;

/// <summary>A variable with one number, and what the host knows of it, so that a step does not have to wait for the device.</summary>
/// <remarks>The number is read again after anyone else has assigned the variable, as loading weights does.</remarks>
internal sealed class HostScalar
{
    private double known;
    private int knownVersion;

    public HostScalar(double value, DType dtype, string name, string path)
    {
        using var outsideScopes = TensorScope.Suspend();
        using var initial = Tensor.Scalar(value, dtype);
        Variable = new Variable(initial, trainable: false, name) { Path = path };
        (known, knownVersion) = (Rounded(value), Variable.Storage.Version);
    }

    public Variable Variable { get; }

    public double Value
    {
        get
        {
            if (Variable.Storage.Version != knownVersion)
                (known, knownVersion) = (Variable.ToScalar(), Variable.Storage.Version);
            return known;
        }

        set
        {
            Variable.FillWith(value);
            Variable.MarkChanged();
            (known, knownVersion) = (Rounded(value), Variable.Storage.Version);
        }
    }

    // What the variable holds of it.
    private double Rounded(double value) => Variable.DType == DType.Float32 ? (float)value : value;
}
