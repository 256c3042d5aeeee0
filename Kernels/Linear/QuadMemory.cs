using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Linear;

/// <summary>Moves quads: four float32 or words by one instruction, numbers of other types one by one.</summary>
/// <remarks>In device bodies only. Views start at, and indices are, multiples of four.</remarks>
internal static class QuadMemory
{
    /// <summary>Whether quads may be read from multiples of four of <paramref name="view"/> on.</summary>
    public static bool IsAligned<T>(ArrayView<T> view)
        where T : unmanaged => view.Offset % Quad<T>.Count == 0;

    /// <summary>The four numbers from <paramref name="index"/> on.</summary>
    public static Quad<T> Load<T>(ArrayView<T> view, long index)
        where T : unmanaged
    {
        if (IsWord<T>())
        {
            var quad = Unsafe.As<T, Float4>(ref view[index]);
            return new(
                Unsafe.BitCast<float, T>(quad.X), Unsafe.BitCast<float, T>(quad.Y), Unsafe.BitCast<float, T>(quad.Z),
                Unsafe.BitCast<float, T>(quad.W));
        }
        return new(view[index], view[index + 1], view[index + 2], view[index + 3]);
    }

    /// <summary>Writes the four numbers from <paramref name="index"/> on.</summary>
    public static void Store<T>(ArrayView<T> view, long index, in Quad<T> quad)
        where T : unmanaged
    {
        if (IsWord<T>())
        {
            Unsafe.As<T, Float4>(ref view[index]) = new(
                Unsafe.BitCast<T, float>(quad.X), Unsafe.BitCast<T, float>(quad.Y), Unsafe.BitCast<T, float>(quad.Z),
                Unsafe.BitCast<T, float>(quad.W));
        }
        else
        {
            view[index] = quad.X;
            view[index + 1] = quad.Y;
            view[index + 2] = quad.Z;
            view[index + 3] = quad.W;
        }
    }

    private static bool IsWord<T>()
        where T : unmanaged => typeof(T) == typeof(float) || typeof(T) == typeof(uint);
}
