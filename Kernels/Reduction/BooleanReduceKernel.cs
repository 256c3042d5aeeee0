namespace GpuKeras.Kernels.Reduction;

/// <summary>
/// Whether all, or any, of the booleans of the middle axis are true: x <c>[outer, reduced, inner]</c> → y <c>[outer, inner]</c>.
/// </summary>
/// <remarks>A boolean is a byte, true if it is not 0. Of no booleans: all is true, any is false.</remarks>
public readonly struct BooleanReduceKernel(ArrayView<byte> x, ArrayView<byte> y, long outer, long reduced, long inner, bool all)
    : IKernel, IRangeBody
{
    private readonly ArrayView<byte> x = x;
    private readonly ArrayView<byte> y = y;

    /// <inheritdoc/>
    public static string Name => "reduce_boolean";

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(outer, Math.Max(1, HostLoop.ElementsPerThread / Math.Max(1, reduced * inner)), this);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        if (all)
            DeviceReduction<AllReduction, byte>.Run(launcher, x, y, outer, reduced, inner);
        else
            DeviceReduction<AnyReduction, byte>.Run(launcher, x, y, outer, reduced, inner);
    }

    /// <inheritdoc/>
    public void Run(long start, long end)
    {
        for (var block = start; block < end; block++)
        {
            var result = y.SubView(block * inner, inner).Span;
            result.Fill(all ? (byte)1 : (byte)0);
            for (var i = 0L; i < reduced; i++)
            {
                var row = x.SubView((block * reduced + i) * inner, inner).Span;
                for (var column = 0; column < row.Length; column++)
                {
                    if ((row[column] != 0) != all)
                        result[column] = all ? (byte)0 : (byte)1;
                }
            }
        }
    }
}
