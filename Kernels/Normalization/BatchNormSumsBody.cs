using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Elementwise;

namespace GpuKeras.Kernels.Normalization;

/// <summary>
/// The first pass of <see cref="BatchNormGradientKernel{TActivation, T}"/>: each chunk's Σ g and Σ g · (x − mean) · inverse with
/// g = dy · f′; partial <c>[2, chunks, channels]</c>.
/// </summary>
/// <typeparam name="TActivation">The activation.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
internal readonly unsafe struct BatchNormSumsBody<TActivation, T> : IRangeBody, ILaneBody
    where TActivation : struct, IDifferentiableFunction
    where T : unmanaged
{
    /// <summary>The rows that are summed before the sums are added in a tree.</summary>
    public const long RowsPerChunk = 128;

    private readonly T* x;
    private readonly T* dy;
    private readonly T* partial;
    private readonly BatchNormParameters<T> parameters;
    private readonly long rows;
    private readonly long channels;
    private readonly TActivation activation;

    public BatchNormSumsBody(
        T* x, T* dy, in BatchNormParameters<T> parameters, T* partial, long rows, long channels, TActivation activation)
    {
        this.x = x;
        this.dy = dy;
        this.partial = partial;
        (this.parameters, this.rows, this.channels, this.activation) = (parameters, rows, channels, activation);
    }

    public void Run(long start, long end) => LaneDispatch.Run<T, BatchNormSumsBody<TActivation, T>>(this, start, end);

    public void Run<TLane, TScalar, TElement>(long start, long end)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        for (var chunk = start; chunk < end; chunk++)
        {
            var channel = Chunk<TLane, TElement>(chunk, 0);
            Chunk<TScalar, TElement>(chunk, channel);
        }
    }

    /// <summary>Registers of channels, from <paramref name="channel"/> on as long as they are whole; returns the next channel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long Chunk<TLane, TElement>(long chunk, long channel)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var chunks = (rows + RowsPerChunk - 1) / RowsPerChunk;
        var count = Math.Min(RowsPerChunk, rows - chunk * RowsPerChunk);
        for (; channel + TLane.Count <= channels; channel += TLane.Count)
        {
            var (center, inverse, scale, offset) = parameters.Load<TLane, TElement>(channel);
            var value = (TElement*)x + chunk * RowsPerChunk * channels + channel;
            var upstream = (TElement*)dy + chunk * RowsPerChunk * channels + channel;
            var (sum, products) = (TLane.Create(0), TLane.Create(0));
            for (var row = 0L; row < count; row++, value += channels, upstream += channels)
            {
                var centered = TLane.Load(value) - center;
                var gradient = FusedGradient.Of(activation, centered, scale, offset, TLane.Load(upstream));
                sum += gradient;
                products = TLane.MultiplyAdd(gradient, centered, products);
            }
            sum.Store((TElement*)partial + chunk * channels + channel);
            (products * inverse).Store((TElement*)partial + (chunks + chunk) * channels + channel);
        }
        return channel;
    }
}
