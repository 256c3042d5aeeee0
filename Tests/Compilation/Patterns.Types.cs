using System.Numerics;
using System.Runtime.CompilerServices;

namespace GpuKeras.Tests.Compilation;

/// <summary>The structs of the patterns.</summary>
internal static partial class Patterns
{
    internal interface IStep<T>
    {
        static abstract T Apply(T value);
    }

    internal readonly struct Twice<T> : IStep<T>
        where T : INumber<T>
    {
        public static T Apply(T value) => value + value;
    }

    internal readonly struct Chain<TFirst, TSecond> : IStep<float>
        where TFirst : IStep<float>
        where TSecond : IStep<float>
    {
        public static float Apply(float value) => TSecond.Apply(TFirst.Apply(value));
    }

    internal record struct Complex(float Re, float Im)
    {
        public static Complex operator *(in Complex a, in Complex b) => new(a.Re * b.Re - a.Im * b.Im, a.Re * b.Im + a.Im * b.Re);

        public void Conjugate() => Im = -Im;
    }

    internal struct Generator(uint seed)
    {
        private uint state = seed;

        public uint Next()
        {
            state = state * 1664525u + 1013904223u;
            return state >> 8;
        }
    }

    internal struct Window
    {
        public int Start;
        public Cells Values;
    }

    [InlineArray(6)]
    internal struct Cells
    {
        private int first;
    }
}
