namespace GpuKeras.Kernels.Random;

/// <summary>Turns the four words of one Philox block into elements: what one item of a device does.</summary>
internal interface IBlockStep
{
    /// <summary>The stream.</summary>
    PhiloxKey Key { get; }

    /// <summary>Uses the words of block <paramref name="block"/>.</summary>
    void Block(int block, uint w0, uint w1, uint w2, uint w3);
}
