namespace GpuKeras.Tests.Kernels.DeviceMathTests;

/// <summary>A function of up to two numbers.</summary>
public interface IScalarFunction<T>
{
    static abstract T Value(T x, T y);
}
