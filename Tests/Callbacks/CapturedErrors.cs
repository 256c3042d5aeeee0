namespace GpuKeras.Tests.Callbacks;

/// <summary>Catches what is written to the error stream until it is disposed.</summary>
internal sealed class CapturedErrors : IDisposable
{
    private readonly TextWriter before = Console.Error;
    private readonly StringWriter captured = new();

    public CapturedErrors() => Console.SetError(captured);

    public string Text => captured.ToString();

    public void Dispose() => Console.SetError(before);
}
