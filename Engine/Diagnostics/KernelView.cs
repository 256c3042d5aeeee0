using System.Runtime.CompilerServices;

namespace GpuKeras;

/// <summary>A view among a kernel's arguments.</summary>
/// <param name="Handle">The device's name of the allocation.</param>
/// <param name="Offset">The first element.</param>
/// <param name="Length">The number of elements.</param>
/// <param name="Element">The element type.</param>
internal readonly record struct KernelView(nint Handle, long Offset, long Length, Type Element)
{
    private int ElementBytes => RuntimeHelpers.SizeOf(Element.TypeHandle);

    /// <summary>Where the view starts in its allocation, in bytes.</summary>
    public long StartBytes => Offset * ElementBytes;

    /// <summary>The view's size in bytes.</summary>
    public long SizeBytes => Length * ElementBytes;
}
