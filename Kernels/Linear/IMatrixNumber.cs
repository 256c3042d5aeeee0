namespace GpuKeras.Kernels.Linear;

/// <summary>The numbers that matrix units multiply, in words of 32 bits (<see cref="MatrixUnit"/>).</summary>
/// <remarks>With the kinds all in one file, because apart they say nothing.</remarks>
internal interface IMatrixNumber
{
    /// <summary>How many numbers a word holds, neighbours along k: 1 or 2.</summary>
    static abstract int PerWord { get; }

    /// <summary>A word of rounded numbers; the second only counts where a word holds two.</summary>
    static abstract uint Word(float first, float second);

    /// <summary>Adds a product of words to four sums; the parameters are those of <see cref="MatrixUnit.MultiplyAddTf32"/>.</summary>
    static abstract void MultiplyAdd(RegisterArray<float> sums, int offset, uint a0, uint a1, uint a2, uint a3, uint b0, uint b1);
}

/// <summary>TF32: one number a word.</summary>
internal readonly struct TensorFloat32Number : IMatrixNumber
{
    /// <inheritdoc/>
    public static int PerWord => 1;

    /// <inheritdoc/>
    public static uint Word(float first, float second) => MatrixUnit.RoundTf32(first);

    /// <inheritdoc/>
    public static void MultiplyAdd(RegisterArray<float> sums, int offset, uint a0, uint a1, uint a2, uint a3, uint b0, uint b1) =>
        MatrixUnit.MultiplyAddTf32(sums, offset, a0, a1, a2, a3, b0, b1);
}

/// <summary>Bfloat16: two numbers a word.</summary>
internal readonly struct BFloat16Number : IMatrixNumber
{
    /// <inheritdoc/>
    public static int PerWord => 2;

    /// <inheritdoc/>
    public static uint Word(float first, float second) => MatrixUnit.PackBFloat16(first, second);

    /// <inheritdoc/>
    public static void MultiplyAdd(RegisterArray<float> sums, int offset, uint a0, uint a1, uint a2, uint a3, uint b0, uint b1) =>
        MatrixUnit.MultiplyAddBFloat16(sums, offset, a0, a1, a2, a3, b0, b1);
}
