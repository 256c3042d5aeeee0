namespace GpuKeras.Perf.Workloads;

/// <summary>The sizes of a matrix product C = op(A) · op(B), or of a batch of them.</summary>
internal sealed record GemmProblem(
    string Name, int Rows, int Columns, int Inner, bool TransposeA = false, bool TransposeB = false, int Batch = 1)
{
    private const double FloatTolerance = 1e-4;


    /// <summary>To what A and B may be rounded.</summary>
    public MatMulPrecision Precision { get; init; }

    /// <summary>The sizes and the precision as torch_peer.py reads them.</summary>
    public string TorchName => $"{Batch}x{Rows}x{Columns}x{Inner}_{(TransposeA ? 'T' : 'N')}{(TransposeB ? 'T' : 'N')}_{TorchPrecision}";

    public double Flops => 2.0 * Batch * Rows * Columns * Inner;

    /// <summary>
    /// How far two sides' results may be apart, as a share of the largest: both round two factors, and one its result, to so many bits.
    /// </summary>
    public double RelativeTolerance => Precision switch
    {
        MatMulPrecision.TensorFloat32 => FloatTolerance + 5 * Math.ScaleB(1, -11),
        MatMulPrecision.BFloat16 => FloatTolerance + 5 * Math.ScaleB(1, -8),
        _ => FloatTolerance,
    };

    private string TorchPrecision => Precision switch
    {
        MatMulPrecision.TensorFloat32 => "tf32",
        MatMulPrecision.BFloat16 => "bf16",
        _ => "fp32",
    };

    public static GemmProblem Square(int size) => new($"sq{size}", size, size, size);

    /// <summary>The same product with less precision, named after it.</summary>
    public GemmProblem With(MatMulPrecision precision)
    {
        var changed = this with { Precision = precision };
        return changed with { Name = $"{Name}_{changed.TorchPrecision}" };
    }
}
