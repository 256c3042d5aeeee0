using GpuKeras.Kernels;

namespace GpuKeras.Tests.Devices.Tuning;

/// <summary>A computation that nobody computes.</summary>
/// <param name="rows">Its size.</param>
/// <param name="layout">What else it depends on.</param>
/// <param name="unsuited">A candidate that is not to be tried.</param>
/// <param name="suited">How many candidates are to be tried at most.</param>
internal readonly struct FakeTunable(int rows, string layout = "plain", int unsuited = -1, int suited = 4) : ITunable
{
    public static string Family => "fake";

    public static IReadOnlyList<string> Candidates { get; } = ["rule", "one", "two", "three"];

    public TuningKey Key => TuningKey.Of(layout.Length, 1, rows, 7, 7);

    public string Layout => layout;

    public bool Suits(int candidate) => candidate != unsuited && candidate < suited;

    public void Try(ILauncher launcher, int candidate) => throw new InvalidOperationException("a fake queue tries nothing");
}
