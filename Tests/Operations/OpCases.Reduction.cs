using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Operations;

internal static partial class OpCases
{
    private static OpCase[] Reductions() =>
    [
        .. Reduce("Sum", static (x, axes, keep) => x.Sum(axes, keep), static v => v.Sum(), emptyIsNumber: true),
        .. Reduce("Mean", static (x, axes, keep) => x.Mean(axes, keep), static v => v.Average()),
        .. Reduce(
            "Prod", static (x, axes, keep) => x.Prod(axes, keep), static v => v.Aggregate(1.0, static (a, b) => a * b),
            emptyIsNumber: true),
        .. Reduce("Max", static (x, axes, keep) => x.Max(axes, keep), static v => v.Max()),
        .. Reduce("Min", static (x, axes, keep) => x.Min(axes, keep), static v => v.Min()),
        .. Reduce("Variance", static (x, axes, keep) => x.Variance(axes, keep), Variance),
        .. Reduce("StandardDeviation", static (x, axes, keep) => x.StandardDeviation(axes, keep), static v => Math.Sqrt(Variance(v))),
        .. Reduce(
            "All", static (x, axes, keep) => (x > -1).All(axes, keep), static v => v.All(static e => e > -1) ? 1 : 0,
            emptyIsNumber: true).Select(Predicate),
        .. Reduce(
            "Any", static (x, axes, keep) => (x > 1).Any(axes, keep), static v => v.Any(static e => e > 1) ? 1 : 0,
            emptyIsNumber: true).Select(Predicate),
        ReduceOne("Sum", "one axis", static x => x.Sum(-1), [-1], false, static v => v.Sum()),
        ReduceOne("Sum", "whole", static x => x.Sum(), [], false, static v => v.Sum()),
        ReduceOne("Mean", "one axis", static x => x.Mean(0, keepDims: true), [0], true, static v => v.Average()),
        ReduceOne("Mean", "whole", static x => x.Mean(), [], false, static v => v.Average()),
        ReduceOne("Prod", "with a zero", static x => (x * (x.Abs() > 0.3).Cast(x.DType)).Prod(1), [1], false,
            static v => v.Aggregate(1.0, static (a, b) => Math.Abs(b) > 0.3 ? a * b : 0)),
        ReduceOne("Max", "equal winners", static x => Tensor.Stack([x, x]).Max(0), [], false, static v => v[0], elementwise: true),
        Predicate(ReduceOne("ArgMax", "", static x => x.ArgMax(1), [1], false, static v => Array.IndexOf(v, v.Max()))),
        Predicate(ReduceOne("ArgMin", "", static x => x.ArgMin(), [-1], false, static v => Array.IndexOf(v, v.Min()))),
        ReduceOne("LogSumExp", "", static x => x.LogSumExp(1), [1], false, LogSumExp),
        ReduceOne("LogSumExp", "kept", static x => x.LogSumExp(-1, keepDims: true), [-1], true, LogSumExp),
    ];

    private static IEnumerable<OpCase> Reduce(
        string method, Func<Tensor, int[], bool, Tensor> run, Func<double[], double> reference, bool emptyIsNumber = false)
    {
        int[][] axisLists = [[], [0], [1], [-1], [0, 1], [1, 2], [0, 2], [2, 0]];
        foreach (var axes in axisLists)
        {
            foreach (var keep in new[] { false, true })
            {
                Shape[][] shapes = [[[2, 3, 4]], [[17, 2, 33]], [[1, 65, 1]]];
                yield return new OpCase(method, x => run(x[0], axes, keep), x => Reduce(x[0], axes, keep, reference), shapes)
                {
                    Variant = $"[{string.Join(", ", axes)}]{(keep ? " kept" : "")}",
                    Roundings = 1200,
                    Low = -1.5,
                    High = 1.5,
                };
            }
        }
        yield return new OpCase(method, x => run(x[0], [], false), x => Reduce(x[0], [], false, reference), [[[]]])
        {
            Variant = "of a scalar",

            // The square root has no derivative at a variance of 0.
            IsDifferentiable = method != "StandardDeviation",
        };
        if (emptyIsNumber)
        {
            yield return new OpCase(method, x => run(x[0], [1], false), x => Reduce(x[0], [1], false, reference), [[2, 0, 3]])
            {
                Variant = "of nothing",
                PropagatesNaN = false,
            };
        }
    }

    private static OpCase ReduceOne(
        string method, string variant, Func<Tensor, Tensor> run, int[] axes, bool keep, Func<double[], double> reference,
        bool elementwise = false) =>
        new(
            method,
            x => run(x[0]),
            x => elementwise ? new NdArray([.. x[0].Values.Select(v => reference([v]))], x[0].Shape) : Reduce(x[0], axes, keep, reference),
            [[2, 5]],
            [[33, 17]])
        {
            Variant = variant,
            Roundings = 600,
        };

    private static NdArray Reduce(NdArray x, int[] axes, bool keep, Func<double[], double> reference)
    {
        bool IsReduced(int axis) => axes.Length == 0 || axes.Contains(axis) || axes.Contains(axis - x.Shape.Rank);
        var kept = NdArray.Generate(new Shape([.. x.Shape.Select((size, axis) => IsReduced(axis) ? 1 : size)]), index =>
        {
            var values = new List<double>();
            NdArray.Generate(x.Shape, at =>
            {
                for (var axis = 0; axis < at.Length; axis++)
                {
                    if (!IsReduced(axis) && at[axis] != index[axis])
                        return 0;
                }
                values.Add(x.Broadcast(at));
                return 0;
            });
            return reference([.. values]);
        });
        return keep ? kept : new NdArray(kept.Values, new Shape([.. x.Shape.Where((_, axis) => !IsReduced(axis))]));
    }

    private static double Variance(double[] values) => values.Select(v => Math.Pow(v - values.Average(), 2)).Average();

    private static double LogSumExp(double[] values) => Math.Log(values.Sum(Math.Exp));
}
