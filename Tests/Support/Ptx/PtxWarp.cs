namespace GpuKeras.Tests.Support.Ptx;

/// <summary>What the items of a warp do together: shuffles and matrix products.</summary>
internal static class PtxWarp
{
    public static PtxStep? Build(PtxForm form)
    {
        form.Together = form.Opcode switch
        {
            "shfl" => Shuffle(form),
            "mma" => Multiply(form),
            _ => null,
        };
        return form.Together is null ? null : static item => item.State = PtxState.AtWarpInstruction;
    }

    private static Action<PtxItem[]> Shuffle(PtxForm form)
    {
        form.OneOf("sync");
        var mode = form.OneOf("idx", "up", "down", "bfly");
        var type = form.Type(static type => type == PtxType.B32);
        var d = form.Write(type);
        var valid = form.Left == 5 ? form.Write(PtxType.Predicate) : -1;
        var (a, b, c, members) = (form.Read(type), form.Read(PtxType.B32), form.Read(PtxType.B32), form.Read(PtxType.B32));
        return items =>
        {
            var values = Array.ConvertAll(items, item => item.R[a]);
            for (var lane = 0; lane < items.Length; lane++)
            {
                var item = items[lane];
                if (item.R[members] != uint.MaxValue)
                    throw new PtxException($"the mask must name all lanes; got 0x{item.R[members]:X}");
                var (source, inRange) = Source(mode, lane, (int)item.R[b] & 31, (int)item.R[c]);
                item.R[d] = values[source];
                if (valid >= 0)
                    item.R[valid] = inRange ? 1u : 0;
            }
        };
    }

    // As the PTX manual's pseudocode has it: c holds the clamp in its low 5 bits and the mask of segments from bit 8.
    private static (int Lane, bool InRange) Source(string mode, int lane, int b, int c)
    {
        var (clamp, segment) = (c & 31, c >> 8 & 31);
        var most = lane & segment | clamp & ~segment & 31;
        var source = mode switch
        {
            "up" => lane - b,
            "down" => lane + b,
            "bfly" => lane ^ b,
            _ => lane & segment | b & ~segment & 31,
        };
        var inRange = mode == "up" ? source >= most : source <= most;
        return (inRange ? source : lane, inRange);
    }

    private static Action<PtxItem[]> Multiply(PtxForm form)
    {
        form.OneOf("sync");
        form.OneOf("aligned");
        var isPair = form.OneOf("m16n8k8", "m16n8k16") == "m16n8k16";
        var name = isPair ? "bf16" : "tf32";
        foreach (var part in (ReadOnlySpan<string>)["row", "col", "f32", name, name, "f32"])
            form.OneOf(part);
        var (word, perWord) = isPair ? (PtxType.BFloatPair, 2) : (PtxType.TensorFloat, 1);
        var d = form.WriteVector(PtxType.F32, 4);
        var (a, b, c) = (form.ReadVector(word, 4), form.ReadVector(word, 2), form.ReadVector(PtxType.F32, 4));
        return items =>
        {
            var (left, right) = (new float[16, 8 * perWord], new float[8 * perWord, 8]);
            for (var lane = 0; lane < items.Length; lane++)
            {
                var (g, t, r) = (lane / 4, lane % 4, items[lane].R);
                for (var part = 0; part < perWord; part++)
                {
                    for (var i = 0; i < 4; i++)
                        left[g + i % 2 * 8, (t + i / 2 * 4) * perWord + part] = Operand(r[a[i]], isPair, part);
                    for (var i = 0; i < 2; i++)
                        right[(t + i * 4) * perWord + part, g] = Operand(r[b[i]], isPair, part);
                }
            }
            for (var lane = 0; lane < items.Length; lane++)
            {
                var (g, t, r) = (lane / 4, lane % 4, items[lane].R);
                var sums = Array.ConvertAll(c, slot => PtxFloats.Single(r[slot]));
                for (var i = 0; i < 4; i++)
                {
                    for (var k = 0; k < 8 * perWord; k++)
                        sums[i] += left[g + i / 2 * 8, k] * right[k, 2 * t + i % 2];
                    r[d[i].Slot] = PtxFloats.Bits(sums[i]);
                }
            }
        };
    }

    private static float Operand(ulong bits, bool isPair, int part)
    {
        if (isPair)
            return PtxFloats.Single(part == 0 ? bits << 16 & 0xFFFF0000 : bits & 0xFFFF0000);
        return (bits & 0x1FFF) == 0 || !float.IsFinite(PtxFloats.Single(bits))
            ? PtxFloats.Single(bits)
            : throw new PtxException($"operand 0x{bits:X8} has not been rounded to TF32");
    }
}
