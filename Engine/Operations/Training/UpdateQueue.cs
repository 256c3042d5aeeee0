using GpuKeras.Kernels;
using GpuKeras.Kernels.Training;

namespace GpuKeras;

/// <summary>Updates by one kernel on one device that wait for their common launch.</summary>
/// <remarks>The list is used again by the next step, so that a steady step allocates nothing.</remarks>
internal sealed class UpdateQueue<T, TKernel>(Device device) : IUpdateQueue
    where T : unmanaged
    where TKernel : struct, IKernel, IElementStep
{
    private JoinedStep<TKernel>[] steps = new JoinedStep<TKernel>[16];
    private int count;

    public Device Device { get; } = device;

    public void Add(in TKernel kernel, long length)
    {
        if (count == steps.Length)
            Array.Resize(ref steps, 2 * count);
        steps[count] = new JoinedStep<TKernel>(kernel, count == 0 ? 0 : steps[count - 1].Next, length);
        count++;
    }

    public void Run()
    {
        if (count > 0)
            Device.Run(new JoinedKernel<T, TKernel>(steps, count));
        count = 0;
    }

    public void Clear() => count = 0;
}
