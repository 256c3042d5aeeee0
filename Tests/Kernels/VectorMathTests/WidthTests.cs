using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.VectorMathTests;

/// <summary>Every register width gives the same bits, and scalars the same, so results depend neither on the processor's vectors nor on the device.</summary>
public unsafe class WidthTests
{
    [Test]
    public void Functions_EveryRegisterWidth_SameBits([Values("exp", "expm1", "log", "log1p", "tanh", "erf", "pow")] string name)
    {
        var input = stackalloc float[16];
        var wide = stackalloc float[16];
        var narrow = stackalloc float[16];
        for (ulong bits = 0; bits <= uint.MaxValue; bits += 16 * 100_003UL)
        {
            for (var i = 0; i < 16; i++)
                input[i] = BitConverter.UInt32BitsToSingle((uint)(bits + 100_003UL * (ulong)i));
            Fill<FloatVector512>(name, input, wide);
            Fill<FloatVector256>(name, input, narrow);
            Assert.That(
                new Span<float>(narrow, 16).SequenceEqual(new Span<float>(wide, 16)), Is.True, $"{name} near {input[0]:R}, 256 bits");
            Fill<FloatVector128>(name, input, narrow);
            Assert.That(
                new Span<float>(narrow, 16).SequenceEqual(new Span<float>(wide, 16)), Is.True, $"{name} near {input[0]:R}, 128 bits");
            Fill<FloatLane>(name, input, narrow);
            Assert.That(
                new Span<float>(narrow, 16).SequenceEqual(new Span<float>(wide, 16)), Is.True, $"{name} near {input[0]:R}, scalars");
        }
    }

    private static void Fill<T>(string name, float* input, float* output)
        where T : struct, IFloatVector<T>
    {
        for (var i = 0; i < 16; i += T.Count)
        {
            var x = T.Load(input + i);
            var y = name switch
            {
                "exp" => VectorMath.Exp(x),
                "expm1" => VectorMath.ExpM1(x),
                "log" => VectorMath.Log(x),
                "log1p" => VectorMath.Log1P(x),
                "tanh" => VectorMath.Tanh(x),
                "pow" => VectorMath.Pow(x, T.Create(1.7)),
                _ => VectorMath.Erf(x),
            };
            y.Store(output + i);
        }
    }
}
