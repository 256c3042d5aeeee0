namespace GpuKeras;

/// <summary>A kind of device that this machine lacks.</summary>
/// <param name="Kind">The kind, such as <c>cuda</c>.</param>
/// <param name="Reason">Why there is none, for people.</param>
public sealed record AbsentDevice(string Kind, string Reason);
