using GpuKeras.Kernels;

namespace GpuKeras.Tests.Compilation.Ptx;

/// <summary>Runs one pattern in two groups of 64 items.</summary>
public readonly struct PatternKernel(Action<PatternArguments> body, PatternArguments arguments) : IKernel
{
    public static readonly KernelConfig Config = KernelConfig.Linear(2, 64);

    private readonly Action<PatternArguments> body = body;
    private readonly PatternArguments arguments = arguments;

    public static string Name => "pattern";

    public void RunHost() => throw new NotSupportedException("patterns have device bodies only");

    public void RunDevice(ILauncher launcher) => launcher.Launch(Config, body, arguments);
}
