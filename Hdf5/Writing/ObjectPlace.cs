namespace GpuKeras.Hdf5.Writing;

/// <summary>Where a group or dataset lies in a new file.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Tree">A group's tree; 0 for a dataset.</param>
/// <param name="Heap">A group's names; 0 for a dataset.</param>
internal readonly record struct ObjectPlace(long Header, long Tree = 0, long Heap = 0)
{
    /// <summary>The number of bytes of an entry of a symbol table.</summary>
    public const int EntryBytes = 40;

    /// <summary>Writes an entry of a symbol table: a group's entry repeats where its parts are.</summary>
    public void WriteEntry(ref ByteWriter writer, long nameOffset)
    {
        writer.I64(nameOffset);
        writer.I64(Header);
        writer.U32(Tree == 0 ? 0 : 1);
        writer.Skip(4);
        writer.I64(Tree);
        writer.I64(Heap);
    }
}
