using GpuKeras.Kernels;

namespace GpuKeras.Tests.Support.Ptx;

/// <summary>The global memory that kernels may touch: ranges of host memory under their own addresses.</summary>
public sealed unsafe class PtxBuffers
{
    private readonly List<Range> ranges = [];
    private Range? last;

    /// <summary>Lets kernels touch a view's memory.</summary>
    public void Add<T>(ArrayView<T> view)
        where T : unmanaged => ranges.Add(new((ulong)view.Pointer, view.Length * sizeof(T)));

    /// <summary>Begins a launch: what earlier ones did is in order with it.</summary>
    public void StartLaunch()
    {
        foreach (var range in ranges)
            range.Races = null;
    }

    /// <summary>Where bytes are that an item reads or writes.</summary>
    public byte* At(ulong address, int bytes, PtxAccess access, long stamp)
    {
        if (last is null || !last.Holds(address, bytes))
        {
            last = ranges.Find(range => range.Holds(address, bytes))
                ?? throw new PtxException($"{bytes} bytes at 0x{address:X} are outside of every buffer{Nearest(address)}");
        }
        var races = last.Races ??= new(last.Bytes);
        if (access == PtxAccess.Read)
            races.Read(last.Position(address), bytes, stamp);
        else if (access == PtxAccess.Write)
            races.Write(last.Position(address), bytes, stamp);
        return (byte*)address;
    }

    private string Nearest(ulong address)
    {
        var nearest = ranges.MinBy(range => Math.Min(Math.Abs(range.Position(address)), Math.Abs(range.Position(address) - range.Bytes)));
        return nearest is null ? "" : $"; the nearest has {nearest.Bytes} bytes, and this is its byte {nearest.Position(address)}";
    }

    private sealed class Range(ulong start, long bytes)
    {
        public ulong Start { get; } = start;

        public long Bytes { get; } = bytes;

        public PtxRaces? Races { get; set; }

        public long Position(ulong address) => (long)(address - Start);

        public bool Holds(ulong address, int count) => address >= Start && address + (ulong)count <= Start + (ulong)Bytes;
    }
}
