using System.Globalization;
using System.Text;

namespace GpuKeras;

/// <summary>Writes a tensor's values in nested brackets, shortened in the middle where there are many.</summary>
internal static class TensorFormatter
{
    // More elements than this, and only the first and last few of each axis are written.
    private const int Threshold = 1000;
    private const int EdgeItems = 3;

    public static string Format(Tensor tensor)
    {
        var dtype = tensor.DType.KerasName();
        if (tensor.IsSymbolic)
            return $"symbolic {dtype} {tensor.Shape}";
        var text = new StringBuilder();
        var values = Values(tensor);
        WriteAxis(text, tensor.Shape, values, axis: 0, first: 0, stride: values.Length, shorten: values.Length > Threshold);
        return text.ToString();
    }

    private static string[] Values(Tensor tensor) => tensor.DType switch
    {
        DType.Float32 => Array.ConvertAll(tensor.ToArray<float>(), value => value.ToString("G7", CultureInfo.InvariantCulture)),
        DType.Float64 => Array.ConvertAll(tensor.ToArray<double>(), value => value.ToString("G15", CultureInfo.InvariantCulture)),
        DType.Int32 => Array.ConvertAll(tensor.ToArray<int>(), value => value.ToString(CultureInfo.InvariantCulture)),
        DType.Int64 => Array.ConvertAll(tensor.ToArray<long>(), value => value.ToString(CultureInfo.InvariantCulture)),
        DType.UInt8 => Array.ConvertAll(tensor.ToArray<byte>(), value => value.ToString(CultureInfo.InvariantCulture)),
        _ => Array.ConvertAll(tensor.ToArray<bool>(), value => value ? "true" : "false"),
    };

    private static void WriteAxis(StringBuilder text, in Shape shape, string[] values, int axis, int first, int stride, bool shorten)
    {
        if (axis == shape.Rank)
        {
            text.Append(values[first]);
            return;
        }
        var size = shape[axis];
        var inner = size == 0 ? 0 : stride / size;
        var isLast = axis == shape.Rank - 1;
        text.Append('[');
        for (var i = 0; i < size; i++)
        {
            if (i > 0)
                text.Append(isLast ? ", " : ",\n" + new string(' ', axis + 1));
            if (shorten && i == EdgeItems && size > 2 * EdgeItems)
            {
                text.Append("…");
                i = size - EdgeItems - 1;
                continue;
            }
            WriteAxis(text, shape, values, axis + 1, first + i * inner, inner, shorten);
        }
        text.Append(']');
    }
}
