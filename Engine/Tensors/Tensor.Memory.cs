using GpuKeras.Kernels.Elementwise;

namespace GpuKeras;

// Whole-tensor writes for creation and variables; they are not operations and are never recorded.
public partial class Tensor
{
    /// <summary>Writes <paramref name="value"/> to every element.</summary>
    internal void FillWith(double value)
    {
        switch (DType)
        {
            case DType.Float32: Fill((float)value); break;
            case DType.Float64: Fill(value); break;
            case DType.Int32: Fill((int)value); break;
            case DType.Int64: Fill((long)value); break;
            case DType.UInt8: Fill((byte)value); break;
            default: Fill(value != 0); break;
        }
    }

    /// <summary>Copies the values of a tensor of the same shape and dtype on the same device.</summary>
    internal void CopyFrom(Tensor source)
    {
        switch (DType.SizeBytes())
        {
            case 8: Copy<long>(source); break;
            case 4: Copy<int>(source); break;
            default: Copy<byte>(source); break;
        }
    }

    private void Fill<T>(T value)
        where T : unmanaged => Device.Run(new FillKernel<T>(value, View<T>()));

    private void Copy<T>(Tensor source)
        where T : unmanaged => Device.Run(new CopyKernel<T>(source.View<T>(), View<T>()));
}
