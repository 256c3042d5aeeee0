using System.Collections.Concurrent;
using System.Reflection;
using GpuKeras.Compilation;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Engine;

/// <summary>What tests ask of each device body. Translating all bodies takes seconds, so that it is done once.</summary>
/// <param name="ArgumentBytes">The size of its arguments.</param>
/// <param name="SharedBytes">The size of its shared arrays in OpenCL C, with what items pass each other values through.</param>
/// <param name="UsesFloat64">Whether the emitted OpenCL C does: an emitter may bring in a float64 of its own.</param>
internal sealed record BodyFacts(long ArgumentBytes, long SharedBytes, bool UsesFloat64)
{
    private static readonly ConcurrentDictionary<MethodInfo, Lazy<BodyFacts>> All = new();

    /// <summary>The facts of a body.</summary>
    public static BodyFacts Of(MethodInfo body) => All.GetOrAdd(body, static body => new(() => Translate(body))).Value;

    private static BodyFacts Translate(MethodInfo body)
    {
        var function = KernelCompiler.Translate(body);
        return new(
            function.ArgumentBytes,
            function.SharedBytes + OpenClEmitter.ExchangeBytes(function),
            OpenClEmitter.Emit(function).Contains("double", StringComparison.Ordinal));
    }
}
