using System.Reflection;
using GpuKeras.Compilation;
using NUnit.Framework;

namespace GpuKeras.Tests.Compilation;

public sealed class RefusalTests
{
    [TestCase(nameof(RefusedBodies.BarrierWithIndex), "Group.Barrier in an auto-indexed kernel", "KernelConfig")]
    [TestCase(nameof(RefusedBodies.SharedWithIndex), "SharedMemory.Allocate in an auto-indexed kernel", "KernelConfig")]
    [TestCase(nameof(RefusedBodies.ShuffleWithIndex), "Warp.ShuffleDown in an auto-indexed kernel", "KernelConfig")]
    [TestCase(nameof(RefusedBodies.RunTimeRegister), "a register's number is not a constant", "Unroll.From")]
    [TestCase(nameof(RefusedBodies.RegisterOutOfRange), "uses register 4 of 4", "bounds")]
    [TestCase(nameof(RefusedBodies.RunTimeSharedSize), "the size of shared memory is not a constant", "use a constant")]
    [TestCase(nameof(RefusedBodies.EndlessUnrolling), "an unrolled loop does not end", "to a constant")]
    [TestCase(nameof(RefusedBodies.Throws), "throws ArgumentOutOfRangeException", "FaultCell")]
    [TestCase(nameof(RefusedBodies.MakesAnArray), "uses an array", "views")]
    [TestCase(nameof(RefusedBodies.MakesAnObject), "makes an object of type Object", "structs")]
    [TestCase(nameof(RefusedBodies.CallsAnInterface), "on an object", "generic arguments")]
    [TestCase(nameof(RefusedBodies.CallsADelegate), "uses a delegate", "a struct with a method")]
    [TestCase(nameof(RefusedBodies.WritesAStaticField), "static field counter", "argument")]
    [TestCase(nameof(RefusedBodies.ComputesChecked), "checked arithmetic", "")]
    [TestCase(nameof(RefusedBodies.UsesAString), "uses a string", "")]
    [TestCase(nameof(RefusedBodies.UsesStackalloc), "stackalloc", "")]
    [TestCase(nameof(RefusedBodies.CallsItself), "RefusedBodies.Factorial recursively", "write a loop")]
    [TestCase(nameof(RefusedBodies.Catches), "try block", "no exceptions")]
    [TestCase(nameof(RefusedBodies.ReferenceToOneOfTwoLocals), "one of two things", "known at compile time")]
    [TestCase(nameof(RefusedBodies.AtomicOnALocal), "Atomic.Add of a local variable", "element of a view")]
    public void Body_ThatDevicesCannotRun_IsRefusedWithTheRemedy(string name, string problem, string remedy)
    {
        var body = typeof(RefusedBodies).GetMethod(name, BindingFlags.Public | BindingFlags.Static)!;
        var exception = Assert.Throws<KernelCompilationException>(() => KernelCompiler.Translate(body))!;
        Assert.That(exception.Message, Does.Contain(problem).And.Contain(remedy));
        Assert.That(exception.Message, Does.Contain("RefusedBodies").And.Contain("IL_"));
        Assert.That(exception.SourceLine, Does.StartWith("RefusedBodies.cs:"), "the line, from the debug symbols");
    }
}
