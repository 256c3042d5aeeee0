using System.Runtime.CompilerServices;
using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>An immutable array of numbers on a device: a shape, a dtype and a row-major block of memory.</summary>
/// <remarks>
/// Nothing has to be disposed. Reshapes and leading slices share memory with their source. A symbolic tensor
/// (<see cref="IsSymbolic"/>) has a shape and a dtype but no values: it stands for a value in a model's graph, and takes the same
/// operations.
/// </remarks>
public partial class Tensor : IDisposable
{
    private readonly Storage? storage;
    private readonly int generation;
    private readonly long offset;
    private readonly Shape shape;
    private bool disposed;

    private protected Tensor(Storage? storage, long offset, in Shape shape, DType dtype)
    {
        this.storage = storage;
        this.offset = offset;
        this.shape = shape;
        generation = storage?.Generation ?? 0;
        DType = dtype;
    }

    /// <summary>The sizes of the axes.</summary>
    public Shape Shape => shape;

    /// <summary>The type of the elements.</summary>
    public DType DType { get; }

    /// <summary>The number of axes.</summary>
    public int Rank => shape.Rank;

    /// <summary>The number of elements.</summary>
    public long Size => shape.Size;

    /// <summary>Whether this tensor stands for a value in a model's graph and has no values of its own.</summary>
    public bool IsSymbolic => storage is null;

    /// <summary>The device that holds the elements.</summary>
    public Device Device => Storage.Device;

    /// <summary>How a symbolic tensor was made; null for a tensor with values.</summary>
    internal GraphNode? Producer { get; set; }

    /// <summary>
    /// Which entries of a padded sequence are real, <c>[batch, steps]</c> of bool; null if all are. Layers pass it on, operations drop it.
    /// </summary>
    internal Tensor? Mask { get; set; }

    /// <summary>What the operation that made this tensor keeps for its gradient, such as statistics or positions; null for nothing.</summary>
    internal Tensor[]? Saved { get; set; }

    /// <summary>Bit i is set if the i-th open tape of this thread follows this tensor.</summary>
    internal ulong TapeMask { get; set; }

    /// <summary>The memory, checked to be still this tensor's.</summary>
    /// <exception cref="InvalidOperationException">The tensor is symbolic.</exception>
    /// <exception cref="ObjectDisposedException">The tensor was disposed, or its scope has ended.</exception>
    internal Storage Storage
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => storage is not null && storage.Generation == generation && !disposed ? storage : throw NoStorage();
    }

    /// <summary>Lets the tensor outlive the innermost <see cref="TensorScope"/> around its making: it moves to the enclosing one.</summary>
    /// <returns>This tensor.</returns>
    public Tensor Keep()
    {
        TensorScope.Keep(Storage);
        return this;
    }

    /// <summary>Gives the memory back now instead of at the end of the scope or at the next collection. Optional.</summary>
    public void Dispose()
    {
        if (disposed || storage is null)
            return;
        if (storage.Generation == generation)
            storage.Release();
        disposed = true;
    }

    /// <summary>The elements in row-major order.</summary>
    /// <typeparam name="T">The .NET type of <see cref="DType"/>.</typeparam>
    /// <exception cref="DTypeException"><typeparamref name="T"/> is not the tensor's element type.</exception>
    public T[] ToArray<T>()
        where T : unmanaged
    {
        CheckElementType<T>();
        var values = new T[Size];
        Download(values);
        return values;
    }

    /// <summary>The elements in row-major order, in place. The span is valid while this tensor is alive.</summary>
    /// <exception cref="DeviceException">The tensor is not in host memory; use <see cref="ToArray{T}"/>.</exception>
    /// <exception cref="DTypeException"><typeparamref name="T"/> is not the tensor's element type.</exception>
    public ReadOnlySpan<T> AsSpan<T>()
        where T : unmanaged
    {
        CheckElementType<T>();
        if (Device.Kind != "cpu")
            throw new DeviceException($"AsSpan: the tensor must be on the CPU; got {Device.Name}. Hint: ToArray copies it to the host.");
        return View<T>().Span;
    }

    /// <summary>The only element, as a number.</summary>
    /// <exception cref="ShapeException">The tensor has more than one element, or none.</exception>
    public double ToScalar()
    {
        RequireValues();
        if (Size != 1)
            throw new ShapeException("ToScalar", "needs exactly one element", $"shape {Shape}");
        return DType switch
        {
            DType.Float32 => ToArray<float>()[0],
            DType.Float64 => ToArray<double>()[0],
            DType.Int32 => ToArray<int>()[0],
            DType.Int64 => ToArray<long>()[0],
            DType.UInt8 => ToArray<byte>()[0],
            _ => ToArray<bool>()[0] ? 1 : 0,
        };
    }

    /// <summary>The only element, as a number.</summary>
    public static explicit operator double(Tensor tensor) => tensor.ToScalar();

    /// <summary>The only element, as a number.</summary>
    public static explicit operator float(Tensor tensor) => (float)tensor.ToScalar();

    /// <summary>This tensor's values on another device; the tensor itself if it is there already.</summary>
    public Tensor To(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (Device == device)
            return this;
        RequireValues();
        var copy = Empty(Shape, DType, device);
        var bytes = Size * DType.SizeBytes();
        var buffer = new byte[Math.Min(bytes, PieceElements)];
        for (var start = 0L; start < bytes; start += buffer.Length)
        {
            var piece = buffer.AsSpan(0, (int)Math.Min(buffer.Length, bytes - start));
            DownloadBytes(start, piece);
            copy.UploadBytes(piece, start);
        }
        return copy;
    }

    /// <inheritdoc cref="To(Device)"/>
    /// <param name="device">The device's name, such as <c>cuda:0</c>.</param>
    /// <exception cref="DeviceException">There is no such device.</exception>
    public Tensor To(string device) => To(Device.Get(device));

    /// <summary>The values as float64, converted by the host: some devices have no float64 to convert to.</summary>
    internal double[] ToDoubles()
    {
        using var scope = new TensorScope();
        return To("cpu").Cast(DType.Float64).ToArray<double>();
    }

    /// <summary>The values in nested brackets, such as <c>[[1, 2], [3, 4]]</c> with a line for each row; long axes are shortened.</summary>
    public override string ToString() => TensorFormatter.Format(this);

    /// <summary>A tensor with memory but no values yet; it belongs to the current scope.</summary>
    /// <exception cref="DeviceException">It has more elements than tensors of the device can have.</exception>
    /// <exception cref="DeviceOutOfMemoryException">There is no memory for it.</exception>
    internal static Tensor Empty(in Shape shape, DType dtype, Device device)
    {
        if (shape.Size > device.MaxTensorElements)
        {
            throw new DeviceException(
                $"{device.Name}: a tensor has at most {device.MaxTensorElements:N0} elements there; got {shape.Size:N0} of shape {shape}. " +
                "Hint: split it, or use the CPU.");
        }
        var bytes = shape.Size > MemoryPool.MostBytes / dtype.SizeBytes() ? long.MaxValue : shape.Size * dtype.SizeBytes();
        return new(device.Memory.Rent(bytes, TensorScope.Current), 0, shape, dtype);
    }

    /// <summary>A symbolic tensor: a value in a model's graph.</summary>
    internal static Tensor Symbolic(in Shape shape, DType dtype, GraphNode? producer = null) =>
        new(null, 0, shape, dtype) { Producer = producer };

    /// <summary>The same elements, or a contiguous part of them, under another shape.</summary>
    internal virtual Tensor Alias(in Shape viewShape, long firstElement = 0)
    {
        Storage.Share();
        return new Tensor(Storage, offset + firstElement, viewShape, DType);
    }

    /// <summary>The same elements under another shape, even a variable's; it has no share in the memory and must not be disposed.</summary>
    internal Tensor Borrow(in Shape viewShape) => new(Storage, offset, viewShape, DType);

    /// <summary>The elements for a kernel.</summary>
    internal ArrayView<T> View<T>()
        where T : unmanaged => new(Storage.Handle, offset, shape.Size);

    private void CheckElementType<T>()
        where T : unmanaged
    {
        RequireValues();
        if (DTypes.Of<T>() != DType)
            throw new DTypeException(
                "tensor elements", $"the tensor holds {DType.KerasName()}", $"{typeof(T).Name}. Hint: Cast changes the dtype");
    }

    // Before anything asks a symbolic tensor how many elements it has.
    private void RequireValues() => _ = Storage;

    private Exception NoStorage() => storage is null
        ? new InvalidOperationException(
            $"tensor {Shape}: it is symbolic, a placeholder for a shape and a dtype, and has no values. Hint: use it inside a Model.")
        : new ObjectDisposedException(
            nameof(Tensor),
            $"tensor {Shape}: its memory was given back. Hint: call Keep() on a tensor that outlives its TensorScope or training step.");
}
