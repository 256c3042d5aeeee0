using System.Collections.Concurrent;
using System.Diagnostics;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving.Fuzz;

/// <summary>Gives a reader many inputs and watches how it ends: with success or a typed error, soon, and without much memory.</summary>
internal sealed class FuzzRun(FuzzTarget target, int inputs, int seed)
{
    // Reading one of these small inputs takes well below a millisecond and a megabyte; the machine may be busy.
    private const long MostAllocatedBytes = 64 << 20;
    private const int MostFailures = 10;
    private const int FramesShown = 6;

    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HangTime = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, string> failures = new();
    private readonly string workFolder = TestContext.CurrentContext.WorkDirectory;
    private long refused;
    private int next;

    private int Inputs => inputs;

    /// <summary>Runs all inputs, on all cores.</summary>
    /// <exception cref="AssertionException">A reader ended otherwise; the message says how to repeat it.</exception>
    public void Run()
    {
        using var folder = new TemporaryFolder();
        var workers = Enumerable.Range(0, Environment.ProcessorCount).Select(i => new Worker(this, folder.File($"input{i}"))).ToArray();
        foreach (var worker in workers)
            worker.Thread.Start();
        foreach (var worker in workers)
            while (!worker.Thread.Join(TimeSpan.FromSeconds(1)))
                if (worker.Age > HangTime)
                    Assert.Fail($"{target.Name}: input {worker.Number} of seed {seed} still runs after {HangTime}");
        TestContext.Out.WriteLine($"{target.Name}: {inputs} inputs, {refused} refused");
        Assert.That(failures, Is.Empty, () => string.Join("\n", failures.Values));
        // A mutator that breaks everything at the door, or nothing, tests nothing.
        Assert.That(refused, Is.InRange(inputs / 20, inputs - inputs / 200), "refused");
    }

    /// <summary>Reads one input.</summary>
    private void Try(int number, string path)
    {
        var input = target.InputOf(seed, number);
        var watch = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target.Read(input, path);
        }
        catch (Exception error) when (target.IsTyped(error))
        {
            Interlocked.Increment(ref refused);
        }
        catch (Exception error)
        {
            var frames = (error.StackTrace ?? "").Split('\n').Where(static frame => frame.Contains("GpuKeras")).Take(FramesShown).ToArray();
            Fail(number, input, $"{error.GetType().Name} {frames.FirstOrDefault()}", $"{error.GetType().Name}: {error.Message}\n{string.Join('\n', frames)}");
        }
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > MostAllocatedBytes)
            Fail(number, input, "memory", $"{allocated} bytes were allocated");
        if (watch.Elapsed > MostTime)
            Fail(number, input, "time", $"it took {watch.Elapsed}");
    }

    private void Fail(int number, byte[] input, string kind, string what)
    {
        if (failures.Count >= MostFailures || !failures.TryAdd(kind, $"{target.Name}: input {number} of seed {seed}: {what}"))
            return;
        var path = Path.Combine(workFolder, $"fuzz-{target.Name}-{seed}-{number}".Replace('/', '-'));
        File.WriteAllBytes(path, input);
        failures[kind] += $"\nThe input is in {path}.";
    }

    private sealed class Worker
    {
        private long started = Stopwatch.GetTimestamp();

        public Worker(FuzzRun run, string path)
        {
            Thread = new Thread(Loop) { IsBackground = true };

            void Loop()
            {
                while ((Number = Interlocked.Increment(ref run.next) - 1) < run.Inputs)
                {
                    Interlocked.Exchange(ref started, Stopwatch.GetTimestamp());
                    run.Try(Number, path);
                }
            }
        }

        public Thread Thread { get; }

        public int Number { get; private set; }

        public TimeSpan Age => Stopwatch.GetElapsedTime(Interlocked.Read(ref started));
    }
}
