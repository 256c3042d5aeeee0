namespace GpuKeras.Hdf5.Reading;

/// <summary>The shape of a dataset or attribute.</summary>
/// <param name="Sizes">The sizes of the axes; a space without elements has one axis of size 0.</param>
/// <param name="MaxSizes">What the axes may grow to; -1 is without a bound.</param>
/// <param name="Elements">The number of elements.</param>
internal sealed record Dataspace(long[] Sizes, long[] MaxSizes, long Elements)
{
    /// <summary>The largest size of an axis without a bound.</summary>
    public const long Unbounded = -1;

    /// <summary>Reads the body of a dataspace message.</summary>
    public static Dataspace Parse(FileView file, ByteCursor cursor)
    {
        const int NullSpace = 2;
        var start = cursor.Address;
        var version = cursor.Version(1, 2, "a dataspace");
        var rank = cursor.U8();
        var flags = cursor.U8();
        var type = cursor.U8();
        if (version == 1)
            cursor.Skip(4);
        else if (type > NullSpace || type != 1 && rank != 0)
            throw file.Error(start, $"a dataspace of type {type} with {rank} axes is impossible");
        if (version == 2 && type == NullSpace)
            return new Dataspace([0], [0], 0);
        if (rank > file.Limits.MaxRank)
            throw file.Error(start, $"an array may have {file.Limits.MaxRank} axes; this one has {rank}");
        var sizes = new long[rank];
        for (var axis = 0; axis < rank; axis++)
            sizes[axis] = cursor.Length();
        var maxSizes = (long[])sizes.Clone();
        for (var axis = 0; axis < rank && (flags & 1) != 0; axis++)
            maxSizes[axis] = cursor.Unsigned(file.LengthBytes) is var size and <= long.MaxValue ? (long)size : Unbounded;
        return new Dataspace(sizes, maxSizes, CountElements(file, sizes, start));
    }

    private static long CountElements(FileView file, long[] sizes, long address)
    {
        // An axis of size 0 must not hide that the others are impossible.
        long elements = 1;
        foreach (var size in sizes)
        {
            if (size > file.Limits.MaxElements / elements)
                throw file.Error(address, $"the shape [{string.Join(", ", sizes)}] has more than {file.Limits.MaxElements} elements");
            elements *= Math.Max(size, 1);
        }
        return Array.IndexOf(sizes, 0L) >= 0 ? 0 : elements;
    }
}
