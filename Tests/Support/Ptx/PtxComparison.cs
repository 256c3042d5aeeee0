namespace GpuKeras.Tests.Support.Ptx;

/// <summary>Comparisons into predicates, and choices by them.</summary>
internal static class PtxComparison
{
    private static readonly string[] Relations =
        ["eq", "ne", "lt", "le", "gt", "ge", "lo", "ls", "hi", "hs", "equ", "neu", "ltu", "leu", "gtu", "geu", "num", "nan"];

    public static PtxStep? Build(PtxForm form) => form.Opcode switch
    {
        "setp" => Compare(form),
        "selp" => Select(form),
        _ => null,
    };

    private static PtxStep Compare(PtxForm form)
    {
        var relation = form.OneOf(Relations);
        var type = form.Type(type => type.Bits > 8 && Exists(relation, type));
        var (d, a, b) = (form.Write(PtxType.Predicate), form.Read(type), form.Read(type));
        if (type.IsFloat)
        {
            return type.Bits == 32
                ? item => item.R[d] = Holds(relation, PtxFloats.Single(item.R[a]), PtxFloats.Single(item.R[b])) ? 1u : 0
                : item => item.R[d] = Holds(relation, PtxFloats.Double(item.R[a]), PtxFloats.Double(item.R[b])) ? 1u : 0;
        }
        var plain = relation switch { "lo" => "lt", "ls" => "le", "hi" => "gt", "hs" => "ge", _ => relation };
        return type.Kind == PtxKind.Signed
            ? item => item.R[d] = Holds(plain, ((long)type.Extend(item.R[a])).CompareTo((long)type.Extend(item.R[b]))) ? 1u : 0
            : item => item.R[d] = Holds(plain, item.R[a].CompareTo(item.R[b])) ? 1u : 0;
    }

    private static bool Exists(string relation, PtxType type) => type.Kind switch
    {
        PtxKind.Bits => relation is "eq" or "ne",
        PtxKind.Signed => relation is "eq" or "ne" or "lt" or "le" or "gt" or "ge",
        PtxKind.Unsigned => relation is "eq" or "ne" or "lt" or "le" or "gt" or "ge" or "lo" or "ls" or "hi" or "hs",
        PtxKind.Float => type.Bits >= 32 && relation is not ("lo" or "ls" or "hi" or "hs"),
        _ => false,
    };

    private static bool Holds(string relation, double a, double b)
    {
        var unordered = double.IsNaN(a) || double.IsNaN(b);
        if (relation is "num" or "nan")
            return unordered == (relation == "nan");
        // A third letter u makes a comparison with NaN true.
        if (unordered)
            return relation.Length == 3;
        return Holds(relation[..2], a < b ? -1 : a > b ? 1 : 0);
    }

    private static bool Holds(string relation, int order) => relation switch
    {
        "eq" => order == 0,
        "ne" => order != 0,
        "lt" => order < 0,
        "le" => order <= 0,
        "gt" => order > 0,
        _ => order >= 0,
    };

    private static PtxStep Select(PtxForm form)
    {
        var type = form.Type(static type => type.Bits > 8);
        var (d, a, b, p) = (form.Write(type), form.Read(type), form.Read(type), form.Read(PtxType.Predicate));
        return item => item.R[d] = item.R[p] != 0 ? item.R[a] : item.R[b];
    }
}
