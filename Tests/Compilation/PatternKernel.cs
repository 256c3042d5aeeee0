using GpuKeras.Kernels;

namespace GpuKeras.Tests.Compilation;

/// <summary>Runs one pattern: over a count of indices, or in groups.</summary>
public readonly struct PatternKernel(Delegate body, PatternArguments arguments) : IKernel
{
    private readonly Delegate body = body;
    private readonly PatternArguments arguments = arguments;

    public static string Name => "pattern";

    public void RunHost() => throw new NotSupportedException("patterns have device bodies only");

    public void RunDevice(ILauncher launcher)
    {
        if (body is Action<Index1D, PatternArguments> indexed)
            launcher.Launch(arguments.Y.Length, indexed, arguments);
        else
            launcher.Launch(KernelConfig.Linear((int)arguments.Y.Length / 64, 64), (Action<PatternArguments>)body, arguments);
    }
}
