using GpuKeras.Kernels;

namespace GpuKeras.Compilation;

/// <summary>Views, and the arrays that they are made of in shared and local memory.</summary>
/// <remarks>In a kernel a view's handle is the address of its first element, and its offset is 0.</remarks>
internal static class ViewMethods
{
    public static KnownMethod[] All { get; } =
    [
        new(typeof(ArrayView<>), "get_IntLength", static call => call.Code.Convert((Value)Parts(call)[2], IrKind.Int32)),
        new(typeof(ArrayView<>), "SubView", SubView),
        new(typeof(SharedMemory), nameof(SharedMemory.Allocate), static call => Allocate(call, AddressSpace.Shared)),
        new(typeof(LocalMemory), nameof(LocalMemory.Allocate), static call => Allocate(call, AddressSpace.Local)),
    ];

    /// <summary>A view of memory.</summary>
    public static StructValue View(Type view, Value address, Value length) =>
        new(StructShape.Of(view), [address, Constant.Int64(0), length]);

    private static StackValue[] Parts(KnownCall call) => ((StructValue)call.Struct(0, call.Method.DeclaringType!)).Members;

    private static StructValue SubView(KnownCall call)
    {
        var view = call.Method.DeclaringType!;
        var parts = Parts(call);
        var size = PrimitiveTypes.SizeOf(view.GetGenericArguments()[0]);
        var start = call.Code.Binary(Opcode.Add, (Value)parts[1], call.Scalar(1));
        return View(view, call.Code.PointerAdd((Value)parts[0], start, size), call.Scalar(2));
    }

    private static StructValue Allocate(KnownCall call, AddressSpace space)
    {
        if (space == AddressSpace.Shared)
            call.NeedGroups();
        var element = call.Generic[0];
        var length = call.Constant(0, $"the size of {(space == AddressSpace.Shared ? "shared" : "local")} memory");
        if (length.Bits <= 0)
            throw call.Fail($"allocates {length.Bits} elements", "allocate at least one");
        return View(call.Result, call.Code.NewArray(space, element, length.Bits, call.Name), Constant.Int64(length.Bits));
    }
}
