namespace GpuKeras.Compilation;

/// <summary>What remains known where ways of the control flow join.</summary>
internal sealed partial class Variables
{
    /// <summary>Keeps in <paramref name="entry"/> what is also known here.</summary>
    public void Merge(Dictionary<Slot, StackValue> entry)
    {
        foreach (var (slot, value) in entry.ToArray())
        {
            var here = Known.GetValueOrDefault(slot);
            if (here == null || !StackValue.IsSame(value, here))
                Blur(entry, slot, here);
        }
        foreach (var (slot, value) in Known)
        {
            if (value is not Value && !entry.ContainsKey(slot))
                entry[slot] = AmbiguousValue.Instance;
        }
    }

    /// <summary>Notes what the start of a loop may not take for granted, as it is no longer so here, at the end.</summary>
    public void CheckLoop(ulong block, Dictionary<Slot, StackValue> entry)
    {
        foreach (var (slot, value) in entry)
        {
            var here = Known.GetValueOrDefault(slot);
            if (value is not AmbiguousValue && (here == null || !StackValue.IsSame(value, here)) && facts.Varying.Add((block, slot.Id)))
                facts.Changed = true;
        }
        foreach (var (slot, value) in Known)
        {
            if (value is BlockValue && !entry.ContainsKey(slot))
                ExpandNextTime(slot);
        }
    }

    /// <summary>Makes what is known here unknown at the start of a loop.</summary>
    public static void Blur(Dictionary<Slot, StackValue> entry, Slot slot, StackValue? here = null)
    {
        if (entry[slot] is Value && here is not (not null and not Value))
            entry.Remove(slot);
        else
            entry[slot] = AmbiguousValue.Instance;
    }
}
