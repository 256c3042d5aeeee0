using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace GpuKeras;

/// <summary>Elements made on a thread of their own, a few ahead of the consumer.</summary>
internal sealed class PrefetchQueue : IDisposable
{
    private readonly BlockingCollection<Batch> ready;
    private readonly CancellationTokenSource stop = new();
    private readonly Thread producer;
    private ExceptionDispatchInfo? failure;

    private PrefetchQueue(IEnumerable<Batch> elements, int capacity)
    {
        ready = new BlockingCollection<Batch>(capacity);
        var device = Device.Current.Name;
        producer = new Thread(() => Produce(elements, device)) { IsBackground = true, Name = "GpuKeras prefetch" };
        producer.Start();
    }

    /// <summary>The elements; the thread lives as long as the enumeration.</summary>
    public static IEnumerable<Batch> Run(IEnumerable<Batch> elements, int capacity)
    {
        using var queue = new PrefetchQueue(elements, capacity);
        while (queue.TryTake(out var element))
            yield return element;
    }

    /// <summary>Stops the thread after the element in the making and waits for its end.</summary>
    public void Dispose()
    {
        stop.Cancel();
        producer.Join();
        while (ready.TryTake(out var element))
            element.Discard();
        ready.Dispose();
        stop.Dispose();
    }

    private bool TryTake([NotNullWhen(true)] out Batch? element)
    {
        if (ready.TryTake(out element, Timeout.Infinite))
            return true;
        failure?.Throw();
        return false;
    }

    private void Produce(IEnumerable<Batch> elements, string device)
    {
        try
        {
            using var use = Device.Use(device);
            foreach (var element in elements)
                ready.Add(element, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        catch (Exception error)
        {
            failure = ExceptionDispatchInfo.Capture(error);
        }
        finally
        {
            ready.CompleteAdding();
        }
    }
}
