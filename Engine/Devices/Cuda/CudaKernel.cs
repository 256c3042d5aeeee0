using GpuKeras.Compilation;
using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>A kernel of a CUDA device.</summary>
/// <param name="queue">The device's queue.</param>
/// <param name="function">The <c>CUfunction</c>.</param>
/// <param name="module">What it was built from.</param>
/// <param name="arguments">Its arguments.</param>
internal sealed unsafe class CudaKernel(
    CudaQueue queue, nint function, PtxModule module, IReadOnlyList<KernelArgument> arguments) : DeviceKernel(arguments)
{
    public override bool Takes(int groupSize) => module.GroupSize == 0 || groupSize <= module.GroupSize;

    private protected override void Queue(in KernelConfig config, int count, ReadOnlySpan<byte> bytes)
    {
        queue.MakeCurrent();
        queue.LastKernel = module.Name;
        var addresses = stackalloc void*[Arguments.Length];
        fixed (byte* first = bytes)
        {
            // The driver copies the arguments, whose sizes it knows from the PTX, before the call returns.
            for (var i = 0; i < Arguments.Length; i++)
                addresses[i] = Arguments[i].Kind == ArgumentKind.Count ? &count : first + Arguments[i].OffsetBytes;
            var (grid, group) = (config.Grid, config.Group);
            int status;
            do
            {
                status = CudaDriver.LaunchKernel(
                    function, (uint)grid.X, (uint)grid.Y, (uint)grid.Z, (uint)group.X, (uint)group.Y, (uint)group.Z,
                    (uint)module.DynamicSharedBytes, queue.Stream, addresses, null);
            }
            while (queue.MakesRoom(status));
            queue.CheckLaunch(status, "cuLaunchKernel", module.Name, config);
        }
    }
}
