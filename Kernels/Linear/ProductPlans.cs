namespace GpuKeras.Kernels.Linear;

/// <summary>The plans that are tried on a GPU, in the order of <see cref="ITunable.Candidates"/>.</summary>
internal static class ProductPlans
{
    /// <summary>The plans; the first stands for the rule's.</summary>
    public static ProductPlan[] All { get; } =
    [
        default,
        new(ProductBody.LargeTile, 1), new(ProductBody.LargeTile, 2), new(ProductBody.LargeTile, 4),
        new(ProductBody.MediumTile, 1), new(ProductBody.MediumTile, 2), new(ProductBody.MediumTile, 4), new(ProductBody.MediumTile, 8),
        new(ProductBody.SmallTile, 1), new(ProductBody.SmallTile, 2), new(ProductBody.SmallTile, 4), new(ProductBody.SmallTile, 8),
        new(ProductBody.SmallTile, 16),
        new(ProductBody.Narrow, 1), new(ProductBody.Narrow, 2), new(ProductBody.Narrow, 4), new(ProductBody.Narrow, 8),
        new(ProductBody.LargeMatrixUnitTile, 1), new(ProductBody.LargeMatrixUnitTile, 2), new(ProductBody.LargeMatrixUnitTile, 4),
        new(ProductBody.SmallMatrixUnitTile, 1), new(ProductBody.SmallMatrixUnitTile, 2), new(ProductBody.SmallMatrixUnitTile, 4),
        new(ProductBody.SmallMatrixUnitTile, 8),
    ];

    /// <summary>The plans for people.</summary>
    public static string[] Names { get; } = [.. All.Select(static (plan, index) => index == 0 ? "rule" : plan.ToString())];
}
