namespace GpuKeras.Kernels;

/// <summary>Up to eight sizes or strides. Without an inline array, which ILGPU takes for a single number.</summary>
/// <remarks>The fields lie in memory as those of GpuKeras.Kernels, from which they are copied.</remarks>
public struct Extents
{
    /// <summary>The most axes a tensor can have.</summary>
    public const int MaxRank = 8;

    private int value0;
    private int value1;
    private int value2;
    private int value3;
    private int value4;
    private int value5;
    private int value6;
    private int value7;
    private readonly int rank;

    /// <summary>Copies the values.</summary>
    public Extents(ReadOnlySpan<int> source)
    {
        rank = source.Length;
        for (var i = 0; i < source.Length; i++)
            this[i] = source[i];
    }

    /// <summary>The number of axes.</summary>
    public readonly int Rank => rank;

    /// <summary>For host bodies.</summary>
    public readonly ReadOnlySpan<int> Span => throw new NotSupportedException("ILGPU: host bodies run from GpuKeras.Kernels.");

    /// <summary>The value of one axis.</summary>
    public int this[int axis]
    {
        readonly get => axis switch
        {
            0 => value0,
            1 => value1,
            2 => value2,
            3 => value3,
            4 => value4,
            5 => value5,
            6 => value6,
            _ => value7,
        };
        set
        {
            switch (axis)
            {
                case 0:
                    value0 = value;
                    break;
                case 1:
                    value1 = value;
                    break;
                case 2:
                    value2 = value;
                    break;
                case 3:
                    value3 = value;
                    break;
                case 4:
                    value4 = value;
                    break;
                case 5:
                    value5 = value;
                    break;
                case 6:
                    value6 = value;
                    break;
                default:
                    value7 = value;
                    break;
            }
        }
    }
}
