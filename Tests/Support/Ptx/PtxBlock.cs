using System.Runtime.InteropServices;

namespace GpuKeras.Tests.Support.Ptx;

/// <summary>The variables of one state space, with room between them that must not be touched. They start with garbage.</summary>
public sealed unsafe class PtxBlock
{
    private readonly PtxVariable[] variables;
    private readonly byte[] memory;
    private readonly byte* start;
    private PtxVariable? last;

    public PtxBlock(PtxText text, string space)
    {
        variables = [.. text.Variables.Values.Where(variable => variable.Space == space)];
        memory = GC.AllocateUninitializedArray<byte>(text.Size(space) + 64, pinned: true);
        new Random(11).NextBytes(memory);
        var address = (nuint)Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0);
        start = (byte*)((address + 63) / 64 * 64);
        foreach (var variable in variables)
        {
            if (variable.Values is not null)
                Set(variable, variable.Values);
        }
    }

    /// <summary>Gives a variable its bytes.</summary>
    public void Set(PtxVariable variable, byte[] values) => values.CopyTo(new Span<byte>(start + variable.Address, variable.Bytes));

    /// <summary>Where bytes of this space are.</summary>
    public byte* At(ulong address, int bytes)
    {
        if (last is null || !Holds(last, address, bytes))
        {
            last = Array.Find(variables, variable => Holds(variable, address, bytes))
                ?? throw new PtxException($"{bytes} bytes at {address} are outside of {string.Join(", ", variables.AsEnumerable())}");
        }
        return start + address;
    }

    private static bool Holds(PtxVariable variable, ulong address, int bytes) =>
        address >= (ulong)variable.Address && address + (ulong)bytes <= (ulong)variable.Address + (ulong)variable.Bytes;
}
