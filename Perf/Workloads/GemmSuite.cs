using GpuKeras.Perf.Compare;

namespace GpuKeras.Perf.Workloads;

/// <summary>Matrix products: squares, and the shapes that networks make.</summary>
internal static class GemmSuite
{
    public static readonly GemmProblem[] All =
    [
        GemmProblem.Square(16), GemmProblem.Square(32), GemmProblem.Square(64), GemmProblem.Square(128),
        GemmProblem.Square(256), GemmProblem.Square(512), GemmProblem.Square(1024), GemmProblem.Square(2048),
        new("sq512_TN", 512, 512, 512, TransposeA: true),
        new("sq512_NT", 512, 512, 512, TransposeB: true),
        new("sq512_TT", 512, 512, 512, TransposeA: true, TransposeB: true),
        // A multilayer perceptron 784-512-512-10: forward, gradient of a kernel (TN), gradient of an input (NT).
        new("fc1_b1", 1, 512, 784),
        new("fc1_b32", 32, 512, 784),
        new("fc1_b128", 128, 512, 784),
        new("fc1_b256", 256, 512, 784),
        new("fc2_b128", 128, 512, 512),
        new("fc3_b128", 128, 10, 512),
        new("fc1_dW_TN_b128", 784, 512, 128, TransposeA: true),
        new("fc2_dX_NT_b128", 128, 512, 512, TransposeB: true),
        new("fc3_dW_TN_b128", 512, 10, 128, TransposeA: true),
        new("fc3_dX_NT_b128", 128, 512, 10, TransposeB: true),
        // A matrix by a vector, and by a few.
        new("gemv_b1", 1, 1024, 1024),
        new("gemv_b1_NT", 1, 1024, 1024, TransposeB: true),
        new("gemv_n1", 1024, 1, 1024),
        new("gemv_n1_TN", 1024, 1, 1024, TransposeA: true),
        new("gemv_b4_NT", 4, 1024, 1024, TransposeB: true),
        new("gemv_n3", 1024, 3, 1024),
        // Convolutions as products, as libraries without direct convolution do them.
        new("conv2_im2col_b32", 21632, 64, 288),
        new("conv1_im2col_b32", 21632, 32, 9),
        new("conv2_dW_TN", 288, 64, 21632, TransposeA: true),
        new("conv2_dX_NT", 21632, 288, 64, TransposeB: true),
        new("resnet16_3x3", 32768, 16, 144),
        // The dense layer after a convolutional network's Flatten.
        new("cnn_fc_b64", 64, 128, 9216),
        new("lstm_step_b64", 64, 512, 128),
        new("xf_qkv_2048", 2048, 384, 128),
        new("xf_ffn_2048", 2048, 512, 128),
        new("xf_ffn_dW_TN", 128, 512, 2048, TransposeA: true),
        // 32 sequences with 4 heads.
        new("attn_qk_batch128", 64, 64, 32, TransposeB: true, Batch: 128),
        new("attn_pv_batch128", 64, 32, 64, Batch: 128),
        new("batch32_sq128", 128, 128, 128, Batch: 32),
    ];

    // Too long for a processor.
    private static readonly GemmProblem[] ForGpus = [GemmProblem.Square(4096), GemmProblem.Square(8192)];

    private static readonly int[] Rounded = [1024, 2048, 4096, 8192];

    public static IEnumerable<Workload> Workloads => Problems().Select(static problem => new GemmWorkload(problem));

    private static IEnumerable<GemmProblem> Problems()
    {
        if (!Scale.IsGpu)
            return All;
        MatMulPrecision[] precisions = Device.Current is CompiledDevice { Profile.HasMatrixUnits: true }
            ? [MatMulPrecision.TensorFloat32, MatMulPrecision.BFloat16]
            : [];
        return [.. All, .. ForGpus, .. from precision in precisions from size in Rounded select GemmProblem.Square(size).With(precision)];
    }
}
