using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace GpuKeras.Kernels;

/// <summary>The body of a parallel loop over a range of indices.</summary>
public interface IRangeBody
{
    /// <summary>Does the work of indices <paramref name="start"/> (included) to <paramref name="end"/> (excluded).</summary>
    void Run(long start, long end);
}

/// <summary>The host's persistent worker threads. They spin for a moment after each job, then park.</summary>
/// <remarks>
/// A loop is split once, evenly and always the same way, so results do not depend on timing. A loop inside a loop, or a second
/// caller while the workers are busy, runs on the calling thread alone with the same split.
/// </remarks>
public static unsafe class HostThreads
{
    private const int SpinsBeforeParking = 20_000;

    private static readonly Lock Gate = new();
    private static Worker[] workers = [];
    private static int count = Environment.ProcessorCount;

    [ThreadStatic]
    private static bool insideLoop;

    /// <summary>How many threads a loop is split over, the calling one included. The default is one per logical core.</summary>
    public static int Count
    {
        get => count;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            count = value;
        }
    }

    /// <summary>Runs <paramref name="body"/> over 0 … <paramref name="length"/> − 1, split over the threads.</summary>
    /// <param name="length">How many indices there are.</param>
    /// <param name="minimumPerThread">The fewest indices worth a thread of their own; below twice this the loop runs here.</param>
    /// <param name="body">The loop's body, a struct so that it is inlined and nothing is allocated.</param>
    /// <param name="alignment">Parts start at multiples of this, so that a part is whole vectors or whole rows.</param>
    public static void For<TBody>(long length, long minimumPerThread, in TBody body, long alignment = 1)
        where TBody : struct, IRangeBody
    {
        if (length <= 0)
            return;
        var parts = (int)Math.Min(count, Math.Max(1, length / Math.Max(1, minimumPerThread)));
        var partLength = (length + parts - 1) / parts;
        partLength = (partLength + alignment - 1) / alignment * alignment;
        if (partLength >= length)
        {
            body.Run(0, length);
            return;
        }
        parts = (int)((length + partLength - 1) / partLength);
        if (insideLoop || !Gate.TryEnter())
        {
            for (var part = 0; part < parts; part++)
                body.Run(part * partLength, Math.Min(length, (part + 1) * partLength));
            return;
        }
        try
        {
            EnsureWorkers(parts - 1);
            insideLoop = true;
            var copy = body;
            var job = new Job(&RunPart<TBody>, Unsafe.AsPointer(ref copy), partLength, length);
            for (var i = 0; i < parts - 1; i++)
                workers[i].Start(job, i + 1);
            Exception? failure = null;
            try
            {
                copy.Run(0, partLength);
            }
            catch (Exception exception)
            {
                failure = exception;
            }
            for (var i = 0; i < parts - 1; i++)
                failure = workers[i].Wait() ?? failure;
            if (failure is not null)
                throw new AggregateException("A parallel loop's body failed.", failure);
        }
        finally
        {
            insideLoop = false;
            Gate.Exit();
        }
    }

    private static void RunPart<TBody>(void* body, long start, long end)
        where TBody : struct, IRangeBody =>
        Unsafe.AsRef<TBody>(body).Run(start, end);

    private static void EnsureWorkers(int needed)
    {
        if (workers.Length >= needed)
            return;
        var grown = new Worker[needed];
        workers.CopyTo(grown, 0);
        for (var i = workers.Length; i < needed; i++)
            grown[i] = new Worker();
        workers = grown;
    }

    private readonly struct Job(delegate*<void*, long, long, void> run, void* body, long partLength, long length)
    {
        public void RunPart(int part) => run(body, part * partLength, Math.Min(length, (part + 1) * partLength));
    }

    private sealed class Worker
    {
        private readonly ManualResetEventSlim wake = new(false, 0);
        private Job job;
        private int part;
        private Exception? failure;
        private volatile int requested;
        private volatile int finished;
        private volatile bool parked;

        public Worker()
        {
            var thread = new Thread(Loop) { IsBackground = true, Name = "GpuKeras host worker" };
            thread.Start();
        }

        public void Start(in Job newJob, int newPart)
        {
            job = newJob;
            part = newPart;
            requested++;
            Interlocked.MemoryBarrier();
            if (parked)
                wake.Set();
        }

        public Exception? Wait()
        {
            var spins = 0;
            while (finished != requested)
            {
                if (++spins < 100_000)
                    Pause();
                else
                    Thread.Yield();
            }
            return failure;
        }

        private void Loop()
        {
            insideLoop = true;
            while (true)
            {
                var spins = 0;
                while (requested == finished)
                {
                    if (++spins < SpinsBeforeParking)
                    {
                        Pause();
                        continue;
                    }
                    parked = true;
                    Interlocked.MemoryBarrier();
                    if (requested == finished)
                        wake.Wait();
                    wake.Reset();
                    parked = false;
                    spins = 0;
                }
                failure = null;
                try
                {
                    job.RunPart(part);
                }
                catch (Exception exception)
                {
                    failure = exception;
                }
                finished = requested;
            }
        }

        private static void Pause()
        {
            if (X86Base.IsSupported)
                X86Base.Pause();
            else
                Thread.SpinWait(1);
        }
    }
}
