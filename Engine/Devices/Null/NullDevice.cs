using System.Runtime.InteropServices;
using GpuKeras.Compilation;
using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>Compiles every kernel for OpenCL and CUDA and launches none: shows what a model's kernels are where there is no GPU.</summary>
/// <remarks>Used only where it is named. Its memory is the host's: what was not uploaded is 0.</remarks>
internal sealed unsafe class NullDevice : CompiledDevice
{
    private const nuint AlignmentBytes = 64;

    public NullDevice()
        : base("null", "null", "compiles kernels for OpenCL and CUDA and launches none")
    {
    }

    /// <summary>As a GPU of compute capability 8.0.</summary>
    private protected override DeviceProfile Traits { get; } = new()
    {
        IsCpuLike = false,
        MaxGroupSize = 1024,
        SharedMemoryBytes = 96 << 10,
        MaxArgumentBytes = PtxEmitter.MaxArgumentBytes,
        Multiprocessors = 100,
        HasMatrixUnits = true,
        HasAsyncCopies = true,
    };

    internal override bool IsChosenAutomatically => false;

    internal override bool TryAllocate(long bytes, out nint handle)
    {
        try
        {
            handle = (nint)NativeMemory.AlignedAlloc((nuint)bytes, AlignmentBytes);
        }
        catch (OutOfMemoryException)
        {
            handle = 0;
            return false;
        }
        NativeMemory.Clear((void*)handle, (nuint)bytes);
        return true;
    }

    internal override void Free(nint handle) => NativeMemory.AlignedFree((void*)handle);

    internal override void Finish()
    {
    }

    internal override void Read(nint handle, long offsetBytes, Span<byte> target) =>
        new ReadOnlySpan<byte>((byte*)handle + offsetBytes, target.Length).CopyTo(target);

    internal override void Write(nint handle, long offsetBytes, ReadOnlySpan<byte> source) =>
        source.CopyTo(new Span<byte>((byte*)handle + offsetBytes, source.Length));

    private protected override DeviceKernel Compile(Delegate body, int groupSize)
    {
        var function = KernelCompiler.Translate(body);
        RequireWithinLimits(function, function.SharedBytes);
        CompilationLog.Write(Name, function.Name, "ptx", PtxEmitter.Emit(function, groupSize: groupSize).Text);
        // Matrix instructions and copies in the background are CUDA's alone.
        if (!NeedsCuda(function))
            CompilationLog.Write(Name, function.Name, "cl", OpenClEmitter.Emit(function));
        return new NullKernel();
    }

    private static bool NeedsCuda(KernelFunction function) => function.Instructions.Any(static instruction => instruction.Opcode
        is Opcode.MatrixMultiplyAdd or Opcode.AsyncCopyStart or Opcode.AsyncCopyCommit or Opcode.AsyncCopyWait);
}
