namespace GpuKeras.Tests.Support.Ptx;

/// <summary>Asynchronous copies from global to shared memory.</summary>
/// <remarks>
/// They happen as late as they may, when their batch is waited for; until then nobody may touch the target. As they might have happened
/// at once, source and target count as accessed at both times.
/// </remarks>
internal static unsafe class PtxCopies
{
    public static PtxStep? Build(PtxForm form)
    {
        if (form.Opcode != "cp")
            return null;
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
        var count = form.Left > 0 ? form.Read(PtxType.U32) : -1;
        return item =>
        {
            var (to, from) = (item.R[target] + (ulong)targetOffset, item.R[source] + (ulong)sourceOffset);
            var read = count < 0 ? bytes : (int)item.R[count];
            if (read != 0 && read != bytes)
                throw new PtxException($"reads {read} of {bytes} bytes; only all or none are known");
            if (from % (ulong)bytes != 0)
                throw new PtxException($"the source {from} must be a multiple of {bytes}");
            var before = Bytes(item, from, read).ToArray();
            item.Group.StartCopy(item, to, bytes);
            item.Copies[^1].Add(() =>
            {
                var source = Bytes(item, from, read);
                if (!source.SequenceEqual(before))
                    throw new PtxException($"item {item.Number} changed its source while a copy from there was under way");
                var target = item.Group.EndCopy(item, to, bytes);
                source.CopyTo(target);
                target[read..].Clear();
            });
        };
    }

    // Of none at all the address does not count.
    private static ReadOnlySpan<byte> Bytes(PtxItem item, ulong from, int count) =>
        count == 0 ? [] : new(item.Group.At(item, "global", from, count, PtxAccess.Read), count);

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
