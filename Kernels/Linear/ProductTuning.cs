using System.Globalization;

namespace GpuKeras.Kernels.Linear;

/// <summary>The plans for a product on a GPU, of which the device may try the fastest.</summary>
/// <typeparam name="TLeft">The rows of A.</typeparam>
/// <typeparam name="TRight">The columns of B.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="left">A.</param>
/// <param name="right">B.</param>
/// <param name="sizes">The sizes, with k in one part.</param>
/// <param name="processors">How many multiprocessors the device has.</param>
/// <remarks>
/// What becomes of the sums is no part of the choice: trials leave them in scratch memory, so that C keeps its value, and all epilogues
/// share what was measured.
/// </remarks>
internal readonly struct ProductTuning<TLeft, TRight, T>(TLeft left, TRight right, TiledProductSizes sizes, int processors) : ITunable
    where TLeft : struct, ITileSource<T>
    where TRight : struct, ITileSource<T>
    where T : unmanaged
{
    /// <inheritdoc/>
    public static string Family => "product";

    /// <inheritdoc/>
    public static IReadOnlyList<string> Candidates => ProductPlans.Names;

    /// <inheritdoc/>
    public TuningKey Key => TuningKey.Of(
        (left.AlongLines ? 1 : 0) + (right.AlongLines ? 2 : 0), sizes.Matrices, sizes.Rows, sizes.Columns, sizes.Inner);

    /// <inheritdoc/>
    public string Layout => string.Create(
        CultureInfo.InvariantCulture,
        $"{typeof(T).Name} {NameOf<TLeft>(left.AlongLines)} by {NameOf<TRight>(right.AlongLines)}");

    /// <summary>The plan of a candidate.</summary>
    public ProductPlan Plan(int candidate) => candidate == 0 ? ProductPlan.ByRule(sizes, processors) : ProductPlans.All[candidate];

    /// <inheritdoc/>
    public bool Suits(int candidate)
    {
        if (candidate == 0)
            return true;
        var plan = Plan(candidate);
        return plan != Plan(0) && plan.Suits(sizes, processors);
    }

    /// <inheritdoc/>
    public void Try(ILauncher launcher, int candidate)
    {
        var (results, scratch) = (new ProductScratch<T>(launcher), new ProductScratch<T>(launcher));
        TiledProducts.Launch<TLeft, TRight, PartialProducts<T>, T>(
            launcher, Plan(candidate), left, right, PartialProducts<T>.Make(sizes, ref results), sizes, ref scratch);
    }

    private static string NameOf<TSource>(bool alongLines) =>
        $"{typeof(TSource).Name.Split('`')[0]}{(alongLines ? " along lines" : "")}";
}
