using System.Runtime.InteropServices;

namespace GpuKeras.Cli;

/// <summary>Turns Ctrl+C and a request to terminate into a cancelled token, so that work ends at a good moment.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration interrupt;
    private readonly PosixSignalRegistration terminate;

    public Interruption()
    {
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
    }

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
        source.Dispose();
    }

    private void Cancel(PosixSignalContext context)
    {
        // The second time the user means it: the process ends at once.
        context.Cancel = !source.IsCancellationRequested;
        source.Cancel();
    }
}
