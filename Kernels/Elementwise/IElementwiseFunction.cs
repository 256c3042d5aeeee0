namespace GpuKeras.Kernels.Elementwise;

/// <summary>A function of one number, applied to every element of a tensor.</summary>
/// <remarks>A readonly struct; its fields, if any, are the function's parameters. Written once for every device and precision.</remarks>
public interface IUnaryFunction
{
    /// <summary>The function's name, in lower case with underscores.</summary>
    static abstract string Name { get; }

    /// <summary>f(x).</summary>
    T Value<T>(T x)
        where T : struct, ILane<T>;
}

/// <summary>A differentiable function of one number.</summary>
public interface IDifferentiableFunction : IUnaryFunction
{
    /// <summary>f′(x), given x and y = f(x). A kink's value is stated where the function is declared.</summary>
    T Derivative<T>(T x, T y)
        where T : struct, ILane<T>;
}

/// <summary>A function of two numbers, applied to the broadcast elements of two tensors.</summary>
public interface IBinaryFunction
{
    /// <summary>The function's name, in lower case with underscores.</summary>
    static abstract string Name { get; }

    /// <summary>f(a, b).</summary>
    T Value<T>(T a, T b)
        where T : struct, ILane<T>;
}

/// <summary>A differentiable function of two numbers.</summary>
public interface IDifferentiableBinaryFunction : IBinaryFunction
{
    /// <summary>∂f/∂a, given y = f(a, b). A kink's value is stated where the function is declared.</summary>
    T PartialA<T>(T a, T b, T y)
        where T : struct, ILane<T>;

    /// <summary>∂f/∂b, given y = f(a, b). A kink's value is stated where the function is declared.</summary>
    T PartialB<T>(T a, T b, T y)
        where T : struct, ILane<T>;
}
