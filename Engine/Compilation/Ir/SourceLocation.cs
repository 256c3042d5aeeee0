using System.Reflection;

namespace GpuKeras.Compilation;

/// <summary>Where an instruction came from.</summary>
/// <param name="Method">The C# method.</param>
/// <param name="Offset">The offset in its IL.</param>
internal readonly record struct SourceLocation(MethodBase? Method, int Offset);
