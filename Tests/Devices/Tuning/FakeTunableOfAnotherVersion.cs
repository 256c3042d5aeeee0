using GpuKeras.Kernels;

namespace GpuKeras.Tests.Devices.Tuning;

/// <summary>The same as <see cref="FakeTunable"/> in a version of the library that has other candidates.</summary>
internal readonly struct FakeTunableOfAnotherVersion : ITunable
{
    public static string Family => FakeTunable.Family;

    public static IReadOnlyList<string> Candidates { get; } = ["rule", "one", "three"];

    public TuningKey Key => Same.Key;

    public string Layout => Same.Layout;

    private FakeTunable Same => new(100);

    public bool Suits(int candidate) => true;

    public void Try(ILauncher launcher, int candidate) => throw new InvalidOperationException("a fake queue tries nothing");
}
