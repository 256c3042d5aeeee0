namespace GpuKeras.Compilation;

/// <summary>An entry of the table of known methods.</summary>
/// <param name="Type">The declaring type's definition.</param>
/// <param name="Name">The method's name; all overloads.</param>
/// <param name="Write">Writes its code and gives its result.</param>
internal sealed record KnownMethod(Type Type, string Name, Func<KnownCall, StackValue?> Write);
