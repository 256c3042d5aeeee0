using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Operations;

internal static partial class OpCases
{
    private static OpCase[] Structure() =>
    [
        new(
            "Reshape", static x => x[0].Reshape([3, -1]), static x => new NdArray(x[0].Values, [3, (int)x[0].Shape.Size / 3]), [[2, 3]],
            [[12]])
        {
            BadShapes = [[[2, 2]]],
        },
        // Its gradient is none by design, which finite differences would contradict.
        new("StopGradient", static x => x[0].StopGradient(), static x => x[0], [[2, 3]], [[]]) { IsDifferentiable = false },
    ];
}
