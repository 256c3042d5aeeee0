namespace GpuKeras.Hdf5.Reading;

/// <summary>What a message of an object header says; the values are the format's.</summary>
internal enum MessageType : ushort
{
    Nil = 0x00,
    Dataspace = 0x01,
    LinkInfo = 0x02,
    Datatype = 0x03,
    OldFillValue = 0x04,
    FillValue = 0x05,
    Link = 0x06,
    ExternalFiles = 0x07,
    Layout = 0x08,
    FilterPipeline = 0x0b,
    Attribute = 0x0c,
    Continuation = 0x10,
    SymbolTable = 0x11,
    TreeSizes = 0x13,
    AttributeInfo = 0x15,
    LastKnown = 0x17,
}
