using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.VectorMathTests;

/// <summary>Every register width gives the same bits, so results do not depend on the processor's vectors.</summary>
public unsafe class WidthTests
{
    [Test]
    public void Functions_EveryRegisterWidth_SameBits([Values("exp", "expm1", "log", "log1p", "tanh", "erf")] string name)
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
                _ => VectorMath.Erf(x),
            };
            y.Store(output + i);
        }
    }
}
