using System.Reflection;
using GpuKeras.Compilation;
using NUnit.Framework;

namespace GpuKeras.Tests.Compilation;

public sealed class RefusalTests
{
    private static readonly Refusal[] Refusals =
    [
        new(nameof(RefusedBodies.BarrierWithIndex), "Group.Barrier in an auto-indexed kernel", "KernelConfig"),
        new(nameof(RefusedBodies.SharedWithIndex), "SharedMemory.Allocate in an auto-indexed kernel", "KernelConfig"),
        new(nameof(RefusedBodies.ShuffleWithIndex), "Warp.ShuffleDown in an auto-indexed kernel", "KernelConfig"),
        new(nameof(RefusedBodies.RunTimeRegister), "a register's number is not a constant", "Unroll.From"),
        new(nameof(RefusedBodies.RegisterOutOfRange), "uses register 4 of 4", "bounds"),
        new(nameof(RefusedBodies.RunTimeSharedSize), "the size of shared memory is not a constant", "use a constant"),
        new(nameof(RefusedBodies.EndlessUnrolling), "an unrolled loop does not end", "to a constant"),
        new(nameof(RefusedBodies.Throws), "throws ArgumentOutOfRangeException", "FaultCell"),
        new(nameof(RefusedBodies.MakesAnArray), "uses an array", "views"),
        new(nameof(RefusedBodies.MakesAnObject), "makes an object of type Object", "structs"),
        new(nameof(RefusedBodies.CallsAnInterface), "on an object", "generic arguments"),
        new(nameof(RefusedBodies.CallsADelegate), "uses a delegate", "a struct with a method"),
        new(nameof(RefusedBodies.WritesAStaticField), "static field counter", "argument"),
        new(nameof(RefusedBodies.ComputesChecked), "checked arithmetic", ""),
        new(nameof(RefusedBodies.UsesAString), "uses a string", ""),
        new(nameof(RefusedBodies.UsesStackalloc), "stackalloc", ""),
        new(nameof(RefusedBodies.CallsItself), "RefusedBodies.Factorial recursively", "write a loop"),
        new(nameof(RefusedBodies.Catches), "try block", "no exceptions"),
        new(nameof(RefusedBodies.ReferenceToOneOfTwoLocals), "one of two things", "known at compile time"),
        new(nameof(RefusedBodies.AtomicOnALocal), "Atomic.Add of a local variable", "element of a view"),
        new(nameof(RefusedBodies.AllocatesNothing), "allocates 0 elements", "at least one"),
        new(nameof(RefusedBodies.AtomicOnLocalMemory), "updates Local memory atomically", "global and shared memory"),
        new(nameof(RefusedBodies.RegistersThatWereNotMade), "a register array that was not made", "RegisterArray.Zeros"),
        new(nameof(RefusedBodies.RoundsAwayFromZero), "rounds halves away from zero", ""),
        new(nameof(RefusedBodies.RoundsToDigits), "rounds to digits", "multiply, round and divide"),
        new(nameof(RefusedBodies.MultipliesTo128Bits), "a product of 128 bits", "out parameter"),
        new(nameof(RefusedBodies.NeverReturns), "never returns", "the loop must end"),
        new(nameof(RefusedBodies.CastsAnObject), "casts an object", "use structs"),
        new(nameof(RefusedBodies.ElementOutOfRange), "uses element 3 of Triple", "check the bounds"),
        new(nameof(RefusedBodies.CopiesAsynchronouslyToGlobalMemory), "other than from global to shared memory", "SharedMemory"),
        new(nameof(RefusedBodies.PlaceBeyondAPanel), "uses place 16 of a panel of 16", "bounds"),
        new(nameof(RefusedBodies.SeesAStructAsAnother), "sees a Numbers as a Others", "Unsafe.BitCast"),
    ];

    [Test]
    public void Body_ThatDevicesCannotRun_IsRefusedWithTheRemedy([ValueSource(nameof(Refusals))] Refusal refusal, [Values] IlBuild build)
    {
        var body = build.Method(typeof(RefusedBodies), refusal.Name);
        var exception = Assert.Throws<KernelCompilationException>(() => KernelCompiler.Translate(body))!;
        Assert.That(exception.Message, Does.Contain(refusal.Problem).And.Contain(refusal.Remedy));
        Assert.That(exception.Message, Does.Contain("RefusedBodies").And.Contain("IL_"));
        Assert.That(exception.SourceLine, Does.StartWith("RefusedBodies.cs:"), "the line, from the debug symbols");
    }

    [TestCase(nameof(Instance))]
    [TestCase(nameof(Returns))]
    [TestCase(nameof(HasTwoArguments))]
    public void Method_ThatIsNoBody_IsRefused(string name) => Assert.That(
        () => KernelCompiler.Translate(GetType().GetMethod(name, BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic)!),
        Throws.TypeOf<KernelCompilationException>().With.Message.Contains("is not a static void method").And.Message.Contains(name));

    internal static int Returns(PatternArguments k) => k.N.IntLength;

    internal static void HasTwoArguments(PatternArguments k, int other) => k.M[0] = other;

    internal void Instance(PatternArguments k) => k.M[0] = GetHashCode();

    /// <summary>What is said of a body.</summary>
    public sealed record Refusal(string Name, string Problem, string Remedy)
    {
        public override string ToString() => Name;
    }
}
