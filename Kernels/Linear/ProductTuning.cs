using System.Globalization;

namespace GpuKeras.Kernels.Linear;

/// <summary>The plans for a product on a GPU, of which the device may try the fastest.</summary>
/// <typeparam name="TLeft">The rows of A.</typeparam>
/// <typeparam name="TRight">The columns of B.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="left">A.</param>
/// <param name="right">B.</param>
/// <param name="sizes">The sizes, with k in one part.</param>
/// <param name="profile">The device.</param>
/// <remarks>
/// What becomes of the sums is no part of the choice: trials leave them in scratch memory, so that C keeps its value, and all epilogues
/// share what was measured.
/// </remarks>
internal readonly struct ProductTuning<TLeft, TRight, T>(TLeft left, TRight right, TiledProductSizes sizes, DeviceProfile profile) : ITunable
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
        (left.AlongLines ? 1 : 0) + (right.AlongLines ? 2 : 0) + 4 * (int)Precision, sizes.Matrices, sizes.Rows, sizes.Columns, sizes.Inner);

    /// <inheritdoc/>
    public string Layout => string.Create(
        CultureInfo.InvariantCulture,
        $"{typeof(T).Name}{(HasMatrixUnits ? $" as {Precision}" : "")} {NameOf<TLeft>(left.AlongLines)} by {NameOf<TRight>(right.AlongLines)}");

    private bool HasMatrixUnits => MatrixUnitProducts.Serve<T>(profile);

    private MatMulPrecision Precision => HasMatrixUnits ? profile.MatMulPrecision : MatMulPrecision.Float32;

    private ProductPlan Rule => ProductPlan.ByRule(sizes, profile.Multiprocessors, HasMatrixUnits);

    /// <summary>The plan of a candidate; the rule's where the candidate cannot be.</summary>
    public ProductPlan Plan(int candidate) =>
        candidate == 0 || ProductPlans.All[candidate].IsOnMatrixUnits && !HasMatrixUnits ? Rule : ProductPlans.All[candidate];

    /// <inheritdoc/>
    public bool Suits(int candidate)
    {
        var plan = Plan(candidate);
        return candidate == 0 || plan != Rule && plan.Suits(sizes, profile.Multiprocessors);
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
