using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>Where candidates are tried.</summary>
internal interface ITrialQueue
{
    /// <summary>Queues a computation in one way, silently, and takes its scratch memory back.</summary>
    void Try<TTunable>(in TTunable tunable, int candidate)
        where TTunable : struct, ITunable;

    /// <summary>Waits for the queue.</summary>
    void Finish();
}
