using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GpuKeras.Compilation;
using GpuKeras.Kernels;

namespace GpuKeras.Tests.Support.Ptx;

/// <summary>Compiles device bodies to PTX and runs them in the interpreter, over host memory.</summary>
/// <param name="profile">The device to pretend to be.</param>
/// <param name="alter">What is changed in the PTX, or null.</param>
/// <param name="tally">Counts what runs, or null.</param>
internal sealed unsafe class PtxLauncher(DeviceProfile profile, Func<string, string>? alter = null, PtxTally? tally = null) : ILauncher, IDisposable
{
    private const int AutoGroupSize = 64;

    private static readonly ConcurrentDictionary<(MethodInfo, int, int), (KernelFunction, PtxModule, PtxProgram)> Compiled = [];

    private readonly PtxMachine machine = new();
    private readonly List<nint> allocations = [];
    private HostFaults? faults;

    /// <inheritdoc/>
    public DeviceProfile Profile { get; } = profile;

    /// <inheritdoc/>
    public void Launch<TArguments>(long count, Action<Index1D, TArguments> body, in TArguments arguments)
        where TArguments : struct
    {
        if (count > 0)
            Run(KernelConfig.Linear((int)((count + AutoGroupSize - 1) / AutoGroupSize), AutoGroupSize), (int)count, body.Method, arguments);
    }

    /// <inheritdoc/>
    public void Launch<TArguments>(KernelConfig config, Action<TArguments> body, in TArguments arguments)
        where TArguments : struct
    {
        if (!config.IsEmpty)
            Run(config, 0, body.Method, arguments);
    }

    /// <summary>A body as PTX.</summary>
    public static PtxModule Compile(MethodInfo body, int architecture = PtxEmitter.Ampere, int groupSize = 0) =>
        Get(body, architecture, groupSize).Module;

    /// <summary>A copy of values that kernels may touch, as far from the start of its allocation as a slice of a tensor would be.</summary>
    public ArrayView<T> Allocate<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var view = Scratch<T>(values.Length);
        values.CopyTo(view.Span);
        return view;
    }

    /// <inheritdoc/>
    public ArrayView<T> Scratch<T>(long length)
        where T : unmanaged
    {
        const int Offset = 64;
        var bytes = (nuint)((length + Offset) * sizeof(T));
        var address = (nint)NativeMemory.AlignedAlloc(bytes, 256);
        NativeMemory.Fill((void*)address, bytes, 0xC5);
        allocations.Add(address);
        var view = new ArrayView<T>(address, Offset, length);
        machine.Buffers.Add(view);
        return view;
    }

    /// <inheritdoc/>
    public FaultCell Fault(Func<long, long, Exception> describe) => (faults ??= new(this)).Register(describe);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var address in allocations)
            NativeMemory.AlignedFree((void*)address);
        allocations.Clear();
    }

    private static (KernelFunction Function, PtxModule Module, PtxProgram Program) Get(MethodInfo body, int architecture, int groupSize) =>
        Compiled.GetOrAdd((body, architecture, groupSize), static key =>
        {
            var function = KernelCompiler.Translate(key.Item1);
            var module = PtxEmitter.Emit(function, key.Item2, key.Item3);
            return (function, module, new PtxProgram(module.Text));
        });

    private void Run<TArguments>(KernelConfig config, int count, MethodInfo body, in TArguments arguments)
        where TArguments : struct
    {
        var (function, module, program) = Get(body, PtxEmitter.Ampere, config.GroupSize);
        if (alter is not null)
            program = new PtxProgram(alter(module.Text));
        if (tally is not null)
            program = tally.Watch(module, config);
        var bytes = MemoryMarshal.CreateReadOnlySpan(
            ref Unsafe.As<TArguments, byte>(ref Unsafe.AsRef(in arguments)), Unsafe.SizeOf<TArguments>()).ToArray().AsSpan();
        foreach (var argument in function.Arguments.Where(static argument => argument.IsConverted))
            argument.Convert(bytes);
        var passed = new byte[function.Arguments.Count][];
        for (var i = 0; i < passed.Length; i++)
        {
            var argument = function.Arguments[i];
            passed[i] = argument.Kind == ArgumentKind.Count
                ? BitConverter.GetBytes(count)
                : bytes.Slice(argument.OffsetBytes, argument.SizeBytes).ToArray();
        }
        machine.Launch(program, config, passed);
        faults?.ThrowIfReported();
    }
}
