using GpuKeras.Compilation;
using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>A kernel of an OpenCL device.</summary>
/// <remarks>Arguments stay set from launch to launch, so only those that differ from the last launch's are set again.</remarks>
/// <param name="queue">The device's queue.</param>
/// <param name="handle">The <c>cl_kernel</c>.</param>
/// <param name="name">Its function.</param>
/// <param name="arguments">Its arguments.</param>
internal sealed unsafe class OpenClKernel(
    OpenClQueue queue, nint handle, string name, IReadOnlyList<KernelArgument> arguments) : DeviceKernel(arguments)
{
    private byte[] lastArguments = [];
    private int lastCount = -1;
    private int freedBuffers;

    private protected override void Queue(in KernelConfig config, int count, ReadOnlySpan<byte> bytes)
    {
        queue.LastKernel = name;
        SetArguments(config, count, bytes);
        var local = stackalloc nuint[] { (nuint)config.Group.X, (nuint)config.Group.Y, (nuint)config.Group.Z };
        var global = stackalloc nuint[]
        {
            (nuint)config.Grid.X * local[0], (nuint)config.Grid.Y * local[1], (nuint)config.Grid.Z * local[2],
        };
        int status;
        do
            status = OpenClDriver.EnqueueNdRangeKernel(queue.Handle, handle, 3, null, global, local, 0, null, null);
        while (queue.MakesRoom(status));
        Check(status, "clEnqueueNDRangeKernel", config);
        queue.Launched();
    }

    private void SetArguments(in KernelConfig config, int count, ReadOnlySpan<byte> bytes)
    {
        // A freed buffer's name may be a new buffer's by now.
        var known = lastArguments.Length == bytes.Length && freedBuffers == queue.FreedBuffers;
        fixed (byte* first = bytes)
        {
            for (var i = 0; i < Arguments.Length; i++)
            {
                var argument = Arguments[i];
                if (argument.Kind == ArgumentKind.Count)
                {
                    if (!known || count != lastCount)
                        Set(i, sizeof(int), &count, config);
                    continue;
                }
                var value = bytes.Slice(argument.OffsetBytes, argument.SizeBytes);
                if (!known || !value.SequenceEqual(lastArguments.AsSpan(argument.OffsetBytes, argument.SizeBytes)))
                    Set(i, argument.SizeBytes, first + argument.OffsetBytes, config);
            }
        }
        if (lastArguments.Length != bytes.Length)
            lastArguments = new byte[bytes.Length];
        bytes.CopyTo(lastArguments);
        (lastCount, freedBuffers) = (count, queue.FreedBuffers);
    }

    private void Set(int index, int bytes, void* value, in KernelConfig config)
    {
        var status = OpenClDriver.SetKernelArg(handle, (uint)index, (nuint)bytes, value);
        if (status == OpenClStatus.Success)
            return;
        // Some arguments are set and others not: the next launch starts afresh.
        lastArguments = [];
        Check(status, $"clSetKernelArg({index})", config);
    }

    private void Check(int status, string call, in KernelConfig config) =>
        queue.CheckLaunch(status, call, name, config, AdvisedGroupSize);
}
