using System.Runtime.InteropServices;

namespace GpuKeras.Kernels;

/// <summary>Four float32 that are read and written by one instruction.</summary>
/// <remarks>An <c>ArrayView&lt;Float4&gt;</c>, made by <see cref="ArrayView{T}.Cast{TOther}"/>, must start at a multiple of 16 bytes.</remarks>
[StructLayout(LayoutKind.Sequential)]
public struct Float4(float x, float y, float z, float w)
{
    /// <summary>The first number.</summary>
    public float X = x;

    /// <summary>The second number.</summary>
    public float Y = y;

    /// <summary>The third number.</summary>
    public float Z = z;

    /// <summary>The fourth number.</summary>
    public float W = w;
}
