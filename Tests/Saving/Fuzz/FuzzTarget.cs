namespace GpuKeras.Tests.Saving.Fuzz;

/// <summary>A reader under test.</summary>
/// <param name="Name">The format.</param>
/// <param name="Share">How many of 100,000 inputs it gets.</param>
/// <param name="Seeds">Good inputs, small ones.</param>
/// <param name="Mutator">Makes the others.</param>
/// <param name="Read">Reads all of an input; the path is that of a file it may write.</param>
/// <param name="IsTyped">Which errors a reader may end with.</param>
internal sealed record FuzzTarget(
    string Name, int Share, IReadOnlyList<byte[]> Seeds, IMutator Mutator, Action<byte[], string> Read, Func<Exception, bool> IsTyped)
{
    /// <summary>The input of a number: it depends on nothing else.</summary>
    public byte[] InputOf(int seed, int number)
    {
        var random = new Random(unchecked(seed * 1_000_003 + number));
        var input = Seeds[random.Next(Seeds.Count)];
        // Mostly one change, which gets far; now and then several.
        do
            input = Mutator.Mutate(random, input);
        while (random.Next(4) == 0);
        return input;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
