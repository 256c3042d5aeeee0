namespace GpuKeras.Kernels.Random;

/// <summary>64 random bits for each element: words e and e + 32 of a group make element e of its 32.</summary>
internal static class RandomBits
{
    /// <summary>The first of the two elements that a block's words make; the second lies 16 behind.</summary>
    public static int First(int block) =>
        (int)((uint)block / Philox.BlocksPerGroup * (Philox.GroupSize / 2) + (uint)block % Philox.BlocksPerGroup);

    /// <summary>Two words as one number.</summary>
    public static ulong Join(uint upper, uint lower) => ((ulong)upper << 32) | lower;

    /// <summary>The upper 64 bits of a product of 128, from products of 64, which every device has.</summary>
    public static ulong MultiplyHigh(ulong a, ulong b)
    {
        var (lowA, highA, lowB, highB) = ((ulong)(uint)a, a >> 32, (ulong)(uint)b, b >> 32);
        var middle = highA * lowB + (lowA * lowB >> 32);
        var other = lowA * highB + (uint)middle;
        return highA * highB + (middle >> 32) + (other >> 32);
    }
}
