namespace GpuKeras.Kernels;

/// <summary>The reports of bad values that launches over host memory leave.</summary>
/// <param name="launcher">Whose memory the cell is.</param>
internal sealed class HostFaults(ILauncher launcher)
{
    private readonly List<Func<long, long, Exception>> described = [];
    private ArrayView<int> cell;

    /// <summary>A cell for a launch that is about to run.</summary>
    public FaultCell Register(Func<long, long, Exception> describe)
    {
        if (cell.Length == 0)
        {
            cell = launcher.Scratch<int>(FaultCell.Length);
            cell.Span.Clear();
        }
        described.Add(describe);
        return new(cell, described.Count);
    }

    /// <summary>Throws what the launch before reported first.</summary>
    public void ThrowIfReported()
    {
        if (cell.Length == 0 || FaultCell.Exception(cell.Span, described) is not { } exception)
            return;
        cell.Span.Clear();
        throw exception;
    }
}
