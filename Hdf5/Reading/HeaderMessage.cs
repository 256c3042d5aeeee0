namespace GpuKeras.Hdf5.Reading;

/// <summary>A message of an object header.</summary>
/// <param name="Type">What it says.</param>
/// <param name="Flags">How it may be changed and where its body lies.</param>
/// <param name="Body">Its bytes.</param>
/// <param name="Address">The address of the body.</param>
internal readonly record struct HeaderMessage(MessageType Type, byte Flags, ReadOnlyMemory<byte> Body, long Address)
{
    /// <summary>Whether the body only says which other object's message is meant.</summary>
    public bool IsShared => (Flags & 2) != 0;

    /// <summary>A reader of the body.</summary>
    public ByteCursor Cursor(FileView file) => file.Cursor(Body, Address);
}
