namespace GpuKeras.Hdf5.Reading;

/// <summary>A name in a group.</summary>
/// <param name="Name">The name.</param>
/// <param name="Target">The header of the object that it names; null for links that are never followed.</param>
/// <param name="Problem">Why it is not followed; null if it is.</param>
/// <param name="From">Where the link lies.</param>
/// <param name="Order">When it was made among the group's links, or -1.</param>
internal sealed record Link(string Name, FilePointer? Target, string? Problem, long From, long Order = -1);
