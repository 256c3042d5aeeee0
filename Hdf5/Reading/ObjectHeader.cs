namespace GpuKeras.Hdf5.Reading;

/// <summary>The messages that describe one group or dataset.</summary>
/// <remarks>Format: "HDF5 File Format Specification", section IV.A.1, versions 1 and 2.</remarks>
internal sealed class ObjectHeader
{
    private const int OldPrefixBytes = 16;

    private readonly FileView file;
    private readonly List<HeaderMessage> messages = [];
    private readonly Queue<(FilePointer Pointer, long Length)> continuations = [];
    private readonly bool isOld;
    private readonly bool hasCreationOrder;

    private ObjectHeader(FileView file, long address)
    {
        this.file = file;
        Address = address;
        // Several names may mean the same dataset, so that the header counts as pointed to from itself.
        var self = new FilePointer(address, address);
        Span<byte> start = stackalloc byte[6];
        file.Read(address, start);
        isOld = !start.StartsWith(Signature);
        hasCreationOrder = !isOld && (start[5] & 4) != 0;
        if (isOld)
            ReadOldPrefix(self);
        else
            ReadNewPrefix(self, start[5]);
        while (continuations.TryDequeue(out var next))
            ReadContinuation(next.Pointer, next.Length);
    }

    private static ReadOnlySpan<byte> Signature => "OHDR"u8;

    /// <summary>Where it lies.</summary>
    public long Address { get; }

    /// <summary>Its messages in their order, without those about the header itself.</summary>
    public IReadOnlyList<HeaderMessage> Messages => messages;

    /// <summary>Reads a header with all its parts.</summary>
    public static ObjectHeader Read(FileView file, FilePointer pointer) => new(file, pointer.Address);

    /// <summary>The first message of a type, or null; one that is shared comes from where it is kept.</summary>
    public HeaderMessage? Find(MessageType type)
    {
        foreach (var message in messages)
            if (message.Type == type)
                return message.IsShared ? FindShared(file, message.Cursor(file), type) : message;
        return null;
    }

    /// <summary>The first message of a type, which must be there.</summary>
    public HeaderMessage Require(MessageType type, string what) =>
        Find(type) ?? throw file.Error(Address, $"the object must have {what}");

    /// <summary>The message of another object that the cursor's bytes point to.</summary>
    public static HeaderMessage FindShared(FileView file, ByteCursor cursor, MessageType type)
    {
        var start = cursor.Address;
        var version = cursor.Version(1, 3, "a shared message");
        var place = cursor.U8();
        if (version == 1)
            cursor.Skip(6);
        if (version == 3 && place != 2)
            throw file.Error(start, "messages in the file's shared heap are not read", "save the file again with h5py");
        var owner = Read(file, cursor.Pointer("a shared message"));
        foreach (var message in owner.messages)
            if (message.Type == type && !message.IsShared)
                return message;
        throw file.Error(start, $"the object at byte {owner.Address} must have a message of type {type}");
    }

    private void ReadOldPrefix(FilePointer self)
    {
        var prefix = new byte[OldPrefixBytes];
        file.Read(Address, prefix);
        var cursor = file.Cursor(prefix, Address);
        cursor.Version(1, 1, "an object header");
        cursor.Skip(7);
        var length = OldPrefixBytes + (long)cursor.U32();
        var block = file.ReadBlock(self, length, "an object header");
        ReadMessages(block.AsMemory(OldPrefixBytes), Address + OldPrefixBytes);
    }

    private void ReadNewPrefix(FilePointer self, byte flags)
    {
        const int LargestPrefixBytes = 34;
        var prefix = new byte[Math.Min(LargestPrefixBytes, file.End - Address)];
        file.Read(Address, prefix);
        var cursor = file.Cursor(prefix, Address);
        cursor.Signature(Signature, "an object header");
        cursor.Version(2, 2, "an object header");
        cursor.Skip(1 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0));
        var messageBytes = cursor.Length(1 << (flags & 3));
        var start = (int)(cursor.Address - Address);
        if (messageBytes > file.End)
            throw file.Error(Address, $"an object header cannot have {messageBytes} bytes in a file of {file.End}", "copy or download the file again");
        ReadChecked(self, start, messageBytes);
    }

    private void ReadChecked(FilePointer pointer, int start, long messageBytes)
    {
        var block = file.ReadBlock(pointer, start + messageBytes + sizeof(uint), "an object header");
        file.VerifyChecksum(block, pointer.Address, "an object header");
        ReadMessages(block.AsMemory(start, (int)messageBytes), pointer.Address + start);
    }

    private void ReadContinuation(FilePointer pointer, long length)
    {
        if (isOld)
        {
            ReadMessages(file.ReadBlock(pointer, length, "the continuation of an object header"), pointer.Address);
            return;
        }
        Span<byte> start = stackalloc byte[4];
        file.Read(pointer.Address, start);
        if (!start.SequenceEqual("OCHK"u8) || length < start.Length + sizeof(uint))
            throw file.Error(pointer.Address, "the continuation of an object header must begin with 'OCHK' and end with a checksum");
        ReadChecked(pointer, start.Length, length - start.Length - sizeof(uint));
    }

    private void ReadMessages(ReadOnlyMemory<byte> block, long address)
    {
        var cursor = file.Cursor(block, address);
        var headBytes = isOld ? 8 : hasCreationOrder ? 6 : 4;
        while (cursor.Remaining >= headBytes)
        {
            var type = (MessageType)(isOld ? cursor.U16() : cursor.U8());
            var length = cursor.U16();
            var flags = cursor.U8();
            cursor.Skip(headBytes - (isOld ? 5 : 4));
            var at = cursor.Address;
            Add(new HeaderMessage(type, flags, cursor.Slice(length), at));
        }
    }

    private void Add(HeaderMessage message)
    {
        const int FailIfUnknown = 0x80;
        if (message.Type == MessageType.Continuation)
        {
            var cursor = message.Cursor(file);
            continuations.Enqueue((cursor.Pointer("the continuation of an object header"), cursor.Length()));
        }
        else if (message.Type > MessageType.LastKnown && (message.Flags & FailIfUnknown) != 0)
            throw file.Error(message.Address, $"a message of type {(int)message.Type} must be understood, but is not known");
        else if (message.Type != MessageType.Nil)
            messages.Add(message);
    }
}
