using System.Diagnostics;
using System.Reflection;
using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Compilation;

public sealed class PatternTests
{
    private static string[] Names => IlBuilds.PatternsOf(typeof(Patterns));

    [Test]
    public void Pattern_Compiled_EqualsCSharp([ValueSource(nameof(Names))] string name, [Values] IlBuild build)
    {
        var body = build.Method(typeof(Patterns), name);
        PatternRunner.Check(body.CreateDelegate(body.GetParameters().Length == 2
            ? typeof(Action<Index1D, PatternArguments>)
            : typeof(Action<PatternArguments>)));
    }

    [Test]
    public void DebugPatterns_AreNotOptimised()
    {
        Assert.That(IlBuilds.DebugAssembly.GetCustomAttribute<DebuggableAttribute>()!.IsJITOptimizerDisabled);
        Assert.That(IlBuild.Debug.Method(typeof(Patterns), Names[0]).Module, Is.Not.EqualTo(typeof(Patterns).Module));
    }
}
