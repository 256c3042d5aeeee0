using GpuKeras.Kernels;

namespace GpuKeras.Compilation;

/// <summary>Where an item stands, and how items of a group work together.</summary>
internal static class GroupMethods
{
    public static KnownMethod[] All { get; } =
    [
        Position(typeof(Group), "get_IdxX", SpecialRegister.ItemX),
        Position(typeof(Group), "get_IdxY", SpecialRegister.ItemY),
        Position(typeof(Group), "get_IdxZ", SpecialRegister.ItemZ),
        Position(typeof(Group), "get_DimX", SpecialRegister.GroupSizeX),
        Position(typeof(Group), "get_DimY", SpecialRegister.GroupSizeY),
        Position(typeof(Group), "get_DimZ", SpecialRegister.GroupSizeZ),
        Position(typeof(Grid), "get_IdxX", SpecialRegister.GroupX),
        Position(typeof(Grid), "get_IdxY", SpecialRegister.GroupY),
        Position(typeof(Grid), "get_IdxZ", SpecialRegister.GroupZ),
        Position(typeof(Grid), "get_DimX", SpecialRegister.GridSizeX),
        Position(typeof(Grid), "get_DimY", SpecialRegister.GridSizeY),
        Position(typeof(Grid), "get_DimZ", SpecialRegister.GridSizeZ),
        new(typeof(Group), nameof(Group.Barrier), static call => Effect(call, Opcode.Barrier)),
        new(typeof(Warp), nameof(Warp.Shuffle), static call => Shuffle(call, ShuffleKind.Index)),
        new(typeof(Warp), nameof(Warp.ShuffleDown), static call => Shuffle(call, ShuffleKind.Down)),
        new(typeof(Warp), nameof(Warp.ShuffleUp), static call => Shuffle(call, ShuffleKind.Up)),
        new(typeof(Warp), nameof(Warp.ShuffleXor), static call => Shuffle(call, ShuffleKind.Xor)),
        new(typeof(AsyncCopy), nameof(AsyncCopy.Start), static call => StartCopy(call, 4 * sizeof(float))),
        new(typeof(AsyncCopy), nameof(AsyncCopy.StartOne), static call => StartCopy(call, sizeof(float))),
        new(typeof(AsyncCopy), nameof(AsyncCopy.Commit), static call => Effect(call, Opcode.AsyncCopyCommit)),
        new(typeof(AsyncCopy), nameof(AsyncCopy.Wait), static call =>
            Effect(call, Opcode.AsyncCopyWait, (int)call.Constant(0, "the number of batches").Bits)),
    ];

    private static KnownMethod Position(Type type, string name, SpecialRegister special) => new(type, name, call =>
    {
        call.NeedGroups();
        return call.Code.Special(special);
    });

    private static StackValue? Effect(KnownCall call, Opcode opcode, int immediate = 0)
    {
        call.NeedGroups();
        call.Code.Add(new Instruction(opcode, [], []) { Immediate = immediate, Source = call.Code.Source });
        return null;
    }

    private static StackValue Shuffle(KnownCall call, ShuffleKind kind)
    {
        call.NeedGroups();
        return Shuffle(call, kind, call.Struct(0, call.Generic[0]), call.Scalar(1));
    }

    // A struct travels field by field.
    private static StackValue Shuffle(KnownCall call, ShuffleKind kind, StackValue value, Value by) => value is StructValue s
        ? new StructValue(s.Shape, [.. s.Members.Select(member => Shuffle(call, kind, member, by))])
        : call.Code.Define(
            call.Translation.Scalar(value).Type,
            target => new(Opcode.Shuffle, [target], [(Value)value, by]) { Shuffle = kind, Source = call.Code.Source });

    private static StackValue? StartCopy(KnownCall call, int bytes)
    {
        call.NeedGroups();
        var code = call.Code;
        var shared = ((StructValue)call.Struct(0, typeof(ArrayView<float>))).Members;
        var global = ((StructValue)call.Struct(2, typeof(ArrayView<float>))).Members;
        var target = code.PointerAdd(code.PointerAdd((Value)shared[0], (Value)shared[1], sizeof(float)), call.Scalar(1), sizeof(float));
        var source = code.PointerAdd(code.PointerAdd((Value)global[0], (Value)global[1], sizeof(float)), call.Scalar(3), sizeof(float));
        if (target.Type.Space != AddressSpace.Shared || source.Type.Space != AddressSpace.Global)
            throw call.Fail("copies asynchronously other than from global to shared memory", "allocate the target with SharedMemory");
        code.Add(new Instruction(Opcode.AsyncCopyStart, [], [target, source, call.Scalar(4)]) { Immediate = bytes, Source = code.Source });
        return null;
    }
}
