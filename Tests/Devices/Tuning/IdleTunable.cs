using GpuKeras.Kernels;

namespace GpuKeras.Tests.Devices.Tuning;

/// <summary>A computation of which all candidates but the first do nothing.</summary>
internal readonly struct IdleTunable : ITunable
{
    private const int Launches = 100;

    public static string Family => "idle";

    public static IReadOnlyList<string> Candidates { get; } = ["rule", "without launches", "of no items", "of no groups"];

    public TuningKey Key => TuningKey.Of(0, 1, 7, 7, 7);

    public string Layout => "plain";

    public bool Suits(int candidate) => true;

    public void Try(ILauncher launcher, int candidate)
    {
        for (var i = 0; i < Launches && candidate == 0; i++)
            launcher.Launch(1, Item, launcher.Scratch<int>(8));
        if (candidate == 2)
            launcher.Launch(0, Item, launcher.Scratch<int>(8));
        if (candidate == 3)
            launcher.Launch(KernelConfig.Linear(0, 32), GroupItem, 0);
    }

    private static void Item(Index1D index, ArrayView<int> argument)
    {
    }

    private static void GroupItem(int argument)
    {
    }
}
