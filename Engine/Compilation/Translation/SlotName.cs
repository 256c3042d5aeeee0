namespace GpuKeras.Compilation;

/// <summary>Makes the names of variables, blocks and calls: hashes of the path that leads to them.</summary>
internal static class SlotName
{
    /// <summary>The name of a part of something.</summary>
    public static ulong Combine(ulong name, long part)
    {
        var x = (name ^ (ulong)part) * 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 32)) * 0xD6E8FEB86659FD93;
        return (x ^ (x >> 29)) + name;
    }

    /// <summary>The name of a part of something, of a certain sort.</summary>
    public static ulong Combine(ulong name, long part, char sort) => Combine(Combine(name, sort), part);
}
