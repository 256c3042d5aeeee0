using static GpuKeras.Metrics.ConfusionPoint;

namespace GpuKeras.Metrics;

/// <summary>Areas under curves through confusion matrices at rising thresholds.</summary>
internal static class AreaUnderCurve
{
    public static double Of(ReadOnlySpan<ConfusionPoint> points, string curve, string summationMethod)
    {
        var area = 0.0;
        for (var i = 1; i < points.Length; i++)
        {
            if (curve == "PR" && summationMethod == "interpolation")
            {
                area += InterpolatedPrecision(points[i - 1], points[i]);
                continue;
            }
            var ((x0, y0), (x1, y1)) = (At(points[i - 1], curve), At(points[i], curve));
            var height = summationMethod switch
            {
                "interpolation" => (y0 + y1) / 2,
                "minoring" => Math.Min(y0, y1),
                _ => Math.Max(y0, y1),
            };
            area += (x0 - x1) * height;
        }
        return area;
    }

    private static (double X, double Y) At(in ConfusionPoint point, string curve) => curve switch
    {
        "ROC" => (point.FallOut, point.Recall),
        "PR" => (point.Recall, point.Precision),
        _ => Gains(point),
    };

    // Without true positives recall gain is 0 and precision gain 1, as Keras has it; a negative recall gain counts as 0.
    private static (double RecallGain, double PrecisionGain) Gains(in ConfusionPoint point)
    {
        if (point.TruePositives == 0)
            return (0, 1);
        var scale = Ratio(point.TruePositives + point.FalseNegatives, point.TrueNegatives + point.FalsePositives);
        return (Math.Max(1 - scale * point.FalseNegatives / point.TruePositives, 0), 1 - scale * point.FalsePositives / point.TruePositives);
    }

    // Between two thresholds true positives are taken to grow linearly with positives p: precision = slope + intercept / p, whose
    // integral over the recall is slope · (ΔTP + intercept · log(p₀ / p₁)) / positives.
    private static double InterpolatedPrecision(in ConfusionPoint low, in ConfusionPoint high)
    {
        var (p0, p1) = (low.TruePositives + low.FalsePositives, high.TruePositives + high.FalsePositives);
        var gained = low.TruePositives - high.TruePositives;
        var slope = Ratio(gained, Math.Max(p0 - p1, 0));
        var intercept = high.TruePositives - slope * p1;
        var ratio = p0 > 0 && p1 > 0 ? p0 / p1 : 1;
        return Ratio(slope * (gained + intercept * Math.Log(ratio)), Math.Max(high.TruePositives + high.FalseNegatives, 0));
    }
}
