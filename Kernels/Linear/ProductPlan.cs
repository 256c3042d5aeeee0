namespace GpuKeras.Kernels.Linear;

/// <summary>The bodies that compute a product on a GPU.</summary>
/// <remarks>With what uses them in one file, because apart they say nothing.</remarks>
internal enum ProductBody
{
    /// <summary>Tiles of 128 × 128: <see cref="Linear.LargeTile"/>.</summary>
    LargeTile,

    /// <summary>Tiles of 64 × 64: <see cref="Linear.MediumTile"/>.</summary>
    MediumTile,

    /// <summary>Tiles of 32 × 32: <see cref="Linear.SmallTile"/>.</summary>
    SmallTile,

    /// <summary>Few rows or columns: <see cref="NarrowProduct{TLong, TShort, TEpilogue, T}"/>.</summary>
    Narrow,

    /// <summary>Tiles of 128 × 128 on matrix units: <see cref="Linear.LargeMatrixUnitTile"/>.</summary>
    LargeMatrixUnitTile,

    /// <summary>Tiles of 64 × 64 on matrix units: <see cref="Linear.SmallMatrixUnitTile"/>.</summary>
    SmallMatrixUnitTile,
}

/// <summary>How a product is cut for a GPU.</summary>
/// <param name="Body">What computes it.</param>
/// <param name="Splits">Into how many parts k is cut, each for other groups; 1 for none.</param>
internal readonly record struct ProductPlan(ProductBody Body, int Splits)
{
    // A part of k that is shorter costs a narrow product more, to write and read its sums again, than it gains.
    private const int MinNarrowDepth = 512;

    // Beyond these nothing can be won: a narrow body reads the long operand once for four lines of the other, and k is split for want
    // of groups alone.
    private const int MostNarrow = 4 * NarrowSides.Short;
    private const int MinTriedDepth = 64;
    private const int MostGroupsToSplit = 8;

    /// <summary>Whether the body is one of matrix units.</summary>
    public bool IsOnMatrixUnits => Body is ProductBody.LargeMatrixUnitTile or ProductBody.SmallMatrixUnitTile;

    private int Side => Body switch
    {
        ProductBody.LargeTile => LargeTile.Side,
        ProductBody.MediumTile => MediumTile.Side,
        ProductBody.LargeMatrixUnitTile => LargeMatrixUnitTile.Side,
        ProductBody.SmallMatrixUnitTile => SmallMatrixUnitTile.Side,
        _ => SmallTile.Side,
    };

    /// <summary>The plan by a rule: the largest tiles that give every multiprocessor something to do.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="processors">How many multiprocessors there are.</param>
    /// <param name="hasMatrixUnits">Whether matrix units may be used.</param>
    public static ProductPlan ByRule(in TiledProductSizes sizes, int processors, bool hasMatrixUnits)
    {
        if (hasMatrixUnits && MatrixUnitProducts.Suit(sizes))
            return sizes.Fill(LargeMatrixUnitTile.Side, processors)
                ? new(ProductBody.LargeMatrixUnitTile, 1)
                : new(ProductBody.SmallMatrixUnitTile, sizes.Cut(SmallMatrixUnitTile.Side, processors).Splits);
        if (Math.Min(sizes.Rows, sizes.Columns) <= NarrowSides.Short)
        {
            var groups = (Math.Max(sizes.Rows, sizes.Columns) + NarrowSides.Long - 1L) / NarrowSides.Long * sizes.Matrices;
            return new(ProductBody.Narrow, sizes.SplitsFor(groups, processors, MinNarrowDepth));
        }
        if (sizes.Fill(LargeTile.Side, processors))
            return new(ProductBody.LargeTile, 1);
        return sizes.Fill(MediumTile.Side, processors)
            ? new(ProductBody.MediumTile, 1)
            : new(ProductBody.SmallTile, sizes.Cut(SmallTile.Side, processors).Splits);
    }

    /// <summary>Whether the plan is worth trying.</summary>
    public bool Suits(in TiledProductSizes sizes, int processors)
    {
        var narrow = Math.Min(sizes.Rows, sizes.Columns);
        if (Body == ProductBody.Narrow ? narrow > MostNarrow : Side > SmallTile.Side && Side >= 2 * narrow)
            return false;
        return Splits == 1
            || sizes.Inner / Splits >= MinTriedDepth && (long)sizes.Tiles(Side) * sizes.Matrices <= MostGroupsToSplit * processors;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var body = Body switch
        {
            ProductBody.LargeTile => "tile 128",
            ProductBody.MediumTile => "tile 64",
            ProductBody.SmallTile => "tile 32",
            ProductBody.LargeMatrixUnitTile => "matrix units 128",
            ProductBody.SmallMatrixUnitTile => "matrix units 64",
            _ => "narrow",
        };
        return Splits == 1 ? body : $"{body}, k in {Splits}";
    }
}
