using System.Reflection;
using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Compilation;

[NonParallelizable]
public sealed class PatternTests
{
    private static string[] Names => [.. typeof(Patterns)
        .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(static method => method.Name)];

    [TestCaseSource(nameof(Names))]
    public void Pattern_Compiled_EqualsCSharp(string name)
    {
        var body = typeof(Patterns).GetMethod(name)!;
        PatternRunner.Check(body.CreateDelegate(body.GetParameters().Length == 2
            ? typeof(Action<Index1D, PatternArguments>)
            : typeof(Action<PatternArguments>)));
    }
}
