using System.Reflection;
using System.Reflection.Emit;
using GpuKeras.Compilation;
using GpuKeras.Kernels;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Compilation;

/// <summary>What the compiler does not foresee. The faults are planted: IL and intermediate code that no C# compiler makes.</summary>
// Environment variables are the whole process's.
[NonParallelizable]
public sealed class CompilerDefectTests
{
    [Test]
    public void Translator_ThatFails_SaysWhereAndHowToReport()
    {
        var exception = Assert.Throws<KernelCompilationException>(static () => KernelCompiler.Translate(BodyWithoutOperands()))!;
        Assert.That(exception.Message, Does.Contain("kernel Planted.Body").And.Contain("in Planted.Body, IL_0001"));
        AssertTellsHowToReport(exception, typeof(ArgumentOutOfRangeException));
    }

    [Test]
    public void OpenClEmitter_ThatFails_SaysWhereAndHowToReport() => AssertNamesTheInstruction(static code => OpenClEmitter.Emit(code));

    [Test]
    public void PtxEmitter_ThatFails_SaysWhereAndHowToReport() => AssertNamesTheInstruction(static code => PtxEmitter.Emit(code));

    [Test]
    public void Dump_HoldsTheStackAndTheCode()
    {
        using var folder = new TemporaryFolder();
        new EngineCopy(new Dictionary<string, string> { ["GPUKERAS_DUMP"] = folder.FullName }).Run(static () =>
        {
            var exception = Assert.Throws<KernelCompilationException>(static () => OpenClEmitter.Emit(CodeWithoutOperands()))!;
            var file = Path.Combine(EngineOptions.DumpFolder!, "planted.defect.txt");
            Assert.That(exception.Message, Does.Contain(file));
            Assert.That(File.ReadAllText(file), Does.Contain("at GpuKeras.Compilation.OpenClEmitter").And.Contain("Add ").And.Contain("Victim"));
        });
    }

    private static void AssertNamesTheInstruction(Action<KernelFunction> emit)
    {
        var exception = Assert.Throws<KernelCompilationException>(() => emit(CodeWithoutOperands()))!;
        Assert.That(exception.Message, Does.Contain("kernel planted").And.Contain("CompilerDefectTests.Victim, IL_0000, CompilerDefectTests.cs:"));
        AssertTellsHowToReport(exception, typeof(IndexOutOfRangeException));
    }

    private static void AssertTellsHowToReport(KernelCompilationException exception, Type cause)
    {
        Assert.That(exception.InnerException, Is.TypeOf(cause));
        Assert.That(exception.Message, Does.Contain(cause.Name).And.Contain("a defect of the compiler").And.Contain("GPUKERAS_DUMP"));
    }

    // nop; add: with nothing to add.
    private static MethodInfo BodyWithoutOperands()
    {
        var type = AssemblyBuilder.DefineDynamicAssembly(new("Planted"), AssemblyBuilderAccess.Run)
            .DefineDynamicModule("Planted").DefineType("Planted", TypeAttributes.Public);
        var code = type.DefineMethod("Body", MethodAttributes.Public | MethodAttributes.Static, null, [typeof(Extents)]).GetILGenerator();
        code.Emit(OpCodes.Nop);
        code.Emit(OpCodes.Add);
        code.Emit(OpCodes.Ret);
        return type.CreateType().GetMethod("Body")!;
    }

    private static KernelFunction CodeWithoutOperands()
    {
        var function = new KernelFunction { Name = "planted", Source = "planted", IsIndexed = false };
        var target = new Register(0, IrType.Int32);
        var block = new BasicBlock(0);
        var victim = typeof(CompilerDefectTests).GetMethod(nameof(Victim), BindingFlags.NonPublic | BindingFlags.Static)!;
        block.Instructions.Add(new(Opcode.Add, [target], []) { Source = new(victim, 0) });
        // PTX is written for what is used.
        block.Instructions.Add(new(Opcode.Store, [], [new Register(1, IrType.Pointer(AddressSpace.Global)), target]) { Memory = IrKind.Int32 });
        block.Instructions.Add(new(Opcode.Return, [], []));
        function.Blocks.Add(block);
        return function;
    }

    private static int Victim(int value) => value + 1;
}
