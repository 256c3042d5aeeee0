namespace GpuKeras.Tests.Support.Ptx;

/// <summary>Asynchronous copies from global to shared memory. They happen as late as they may: when their batch is waited for.</summary>
internal static unsafe class PtxCopies
{
    public static PtxStep? Build(PtxForm form)
    {
        if (form.Opcode != "cp")
            return null;
        form.Requires(80, 7, 0);
        form.OneOf("async");
        if (form.Try("commit_group"))
            return static item => item.Copies.Add([]);
        if (form.Try("wait_all"))
            return static item => Finish(item, 0, everything: true);
        if (form.Try("wait_group"))
        {
            var left = (int)form.Constant(PtxType.U32);
            return item => Finish(item, left, everything: false);
        }
        return Start(form);
    }

    private static PtxStep Start(PtxForm form)
    {
        var level = form.OneOf("ca", "cg");
        form.OneOf("shared");
        form.OneOf("global");
        var (target, targetOffset) = form.Address("shared");
        var (source, sourceOffset) = form.Address("global");
        var bytes = (int)form.Constant(PtxType.U32);
        if (bytes != 16 && (level == "cg" || bytes is not (4 or 8)))
            throw form.Fault("copies 4, 8 or 16 bytes; .cg copies 16");
        return item =>
        {
            var (to, from) = (item.R[target] + (ulong)targetOffset, item.R[source] + (ulong)sourceOffset);
            item.Copies[^1].Add(() =>
            {
                var read = item.Group.At(item, "global", from, bytes, PtxAccess.Read);
                Buffer.MemoryCopy(read, item.Group.At(item, "shared", to, bytes, PtxAccess.Write), bytes, bytes);
            });
        };
    }

    private static void Finish(PtxItem item, int left, bool everything)
    {
        var open = everything ? 0 : 1;
        while (item.Copies.Count - open > left)
        {
            item.Copies[0].ForEach(static copy => copy());
            item.Copies.RemoveAt(0);
        }
        if (item.Copies.Count == 0)
            item.Copies.Add([]);
    }
}
