namespace GpuKeras.Perf.Workloads;

/// <summary>The sizes of a matrix product C = op(A) · op(B), or of a batch of them.</summary>
internal sealed record GemmProblem(
    string Name, int Rows, int Columns, int Inner, bool TransposeA = false, bool TransposeB = false, int Batch = 1)
{
    /// <summary>The sizes as torch_peer.py reads them.</summary>
    public string TorchName => $"{Batch}x{Rows}x{Columns}x{Inner}_{(TransposeA ? 'T' : 'N')}{(TransposeB ? 'T' : 'N')}";

    public double Flops => 2.0 * Batch * Rows * Columns * Inner;

    public static GemmProblem Square(int size) => new($"sq{size}", size, size, size);
}
