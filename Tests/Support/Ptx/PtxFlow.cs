namespace GpuKeras.Tests.Support.Ptx;

/// <summary>Branches, ends and barriers.</summary>
internal static class PtxFlow
{
    public static PtxStep? Build(PtxForm form) => form.Opcode switch
    {
        "bra" => Branch(form),
        "ret" or "exit" => static item => item.State = PtxState.Done,
        "bar" => Barrier(form),
        _ => null,
    };

    private static PtxStep Branch(PtxForm form)
    {
        form.Try("uni");
        var target = form.Target();
        return item => item.Next = target;
    }

    private static PtxStep Barrier(PtxForm form)
    {
        if (form.OneOf("sync", "warp") == "sync")
        {
            form.Constant(PtxType.U32);
            return static item => item.State = PtxState.AtBarrier;
        }
        form.OneOf("sync");
        form.Read(PtxType.B32);
        form.Together = static _ => { };
        return static item => item.State = PtxState.AtWarpInstruction;
    }
}
