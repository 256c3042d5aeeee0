using System.Globalization;

namespace GpuKeras.Kernels.Linear;

/// <summary>The ways to compute a product of float32 on a CPU-like device, of which it may try the fastest.</summary>
/// <param name="a">The rows of A.</param>
/// <param name="b">The columns of B.</param>
/// <param name="matrices">How many products.</param>
/// <param name="hasOneB">Whether all have the same B.</param>
/// <remarks>Trials leave their sums in scratch memory, and the functions of sums, which all ways have in common, out.</remarks>
internal readonly struct PanelTuning(ProductOperand<float> a, ProductOperand<float> b, int matrices, bool hasOneB) : ITunable
{
    // With fewer rows a copy of B would not be read often enough; with many more it certainly is.
    private const int MinRowsToCopyB = 24;
    private const int MostRowsInPlace = 8 * MinRowsToCopyB;

    private static readonly string[] Names = ["rule", "panels copied", "panels in place", "narrow"];

    /// <inheritdoc/>
    public static string Family => "panel-product";

    /// <inheritdoc/>
    public static IReadOnlyList<string> Candidates => Names;

    /// <inheritdoc/>
    public TuningKey Key => TuningKey.Of(
        (a.AlongLines ? 1 : 0) + (b.AlongLines ? 2 : 0) + (hasOneB ? 4 : 0), matrices, a.Lines, b.Lines, a.Inner);

    /// <inheritdoc/>
    public string Layout => string.Create(
        CultureInfo.InvariantCulture,
        $"Single{(a.AlongLines ? ", A transposed" : "")}{(b.AlongLines ? "" : ", B transposed")}{(hasOneB ? ", one B" : "")}");

    private bool CanBeInPlace => b.AlongLines && b.Lines >= PackedPanels.Width;

    private PanelWay Rule => NarrowProducts.Suit(a, b) ? PanelWay.Narrow
        : CanBeInPlace && a.Lines < MinRowsToCopyB ? PanelWay.InPlace
        : PanelWay.Copied;

    /// <summary>The way of a candidate.</summary>
    public PanelWay Way(int candidate) => candidate == 0 ? Rule
        : (PanelWay)(candidate - 1) is PanelWay.InPlace && !b.AlongLines ? PanelWay.Copied
        : (PanelWay)(candidate - 1);

    /// <inheritdoc/>
    public bool Suits(int candidate) => candidate == 0 || Way(candidate) != Rule && (PanelWay)(candidate - 1) switch
    {
        PanelWay.InPlace => CanBeInPlace && a.Lines <= MostRowsInPlace,
        PanelWay.Narrow => NarrowProducts.MaySuit(a, b),
        _ => true,
    };

    /// <inheritdoc/>
    public void Try(ILauncher launcher, int candidate)
    {
        var (way, scratch, results) = (Way(candidate), new ProductScratch<float>(launcher), new ProductScratch<float>(launcher));
        if (way == PanelWay.Narrow)
        {
            var sizes = new TiledProductSizes(matrices, a.Lines, b.Lines, a.Inner, 1, a.Inner);
            NarrowProducts.Launch(launcher, a, b, matrices, PartialProducts<float>.Make(sizes, ref results), ref scratch);
        }
        else
        {
            PanelProducts.LaunchSums(launcher, way, a, b, matrices, hasOneB, ref scratch);
        }
    }
}
