namespace GpuKeras.Kernels.Random;

/// <summary>Turns the 64 words of one Philox group into elements.</summary>
internal unsafe interface IGroupStep
{
    /// <summary>Uses the words of group <paramref name="group"/>.</summary>
    void Group(long group, uint* words);
}
