using GpuKeras.Kernels;

namespace GpuKeras.Compilation;

/// <summary>Indivisible updates.</summary>
internal static class AtomicMethods
{
    public static KnownMethod[] All { get; } =
    [
        .. Enum.GetValues<AtomicOperation>().Select(static operation =>
            new KnownMethod(typeof(Atomic), operation.ToString(), call => Update(call, operation))),
    ];

    private static Register Update(KnownCall call, AtomicOperation operation)
    {
        var kind = PrimitiveTypes.KindOf(call.Result)!.Value;
        var address = call.Address(0);
        if (address.Type.Space is not (AddressSpace.Global or AddressSpace.Shared))
            throw call.Fail($"updates {address.Type.Space} memory atomically", "only global and shared memory have other users");
        Value[] operands = [address, .. Enumerable.Range(1, call.Arguments.Length - 1).Select(call.Scalar)];
        return call.Code.Define(
            kind.Register(),
            target => new(Opcode.Atomic, [target], operands) { Atomic = operation, Memory = kind, Source = call.Code.Source });
    }
}
