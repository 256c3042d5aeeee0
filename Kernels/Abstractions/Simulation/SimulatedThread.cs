using System.Collections.Concurrent;

namespace GpuKeras.Kernels;

/// <summary>A thread that items of simulated groups run on. Of a group's threads one runs at a time; the others sleep.</summary>
internal sealed class SimulatedThread
{
    private const int StackBytes = 256 << 10;

    // Starting a thread costs more than most items do.
    private static readonly ConcurrentBag<SimulatedThread> Idle = [];

    [ThreadStatic]
    private static SimulatedThread? current;

    // Not a semaphore, which would look for its turn for a while before it sleeps: that takes the time of the thread that has it. Nor a
    // monitor, whose lock the one that wakes still holds when the other wants it back.
    private readonly AutoResetEvent turn = new(false);
    private Action? work;

    /// <summary>The thread that is running.</summary>
    public static SimulatedThread Current => current ??= new();

    /// <summary>Lets another thread do some work.</summary>
    public static void Start(Action work)
    {
        if (!Idle.TryTake(out var thread))
        {
            thread = new();
            new Thread(thread.Work, StackBytes) { IsBackground = true }.Start();
        }
        thread.work = work;
        thread.Wake();
    }

    /// <summary>Waits until another thread wakes this one.</summary>
    public void Sleep() => turn.WaitOne();

    /// <summary>Lets this thread, which sleeps or is about to, go on.</summary>
    public void Wake() => turn.Set();

    private void Work()
    {
        current = this;
        while (true)
        {
            Sleep();
            work!();
            Idle.Add(this);
        }
    }
}
