namespace GpuKeras;

/// <summary>The type of a tensor's elements.</summary>
public enum DType : byte
{
    /// <summary>32-bit floating point: the dtype of weights and activations unless something else is asked for.</summary>
    Float32,

    /// <summary>64-bit floating point: gradient checks and reference values.</summary>
    Float64,

    /// <summary>32-bit signed integer.</summary>
    Int32,

    /// <summary>64-bit signed integer.</summary>
    Int64,

    /// <summary>8-bit unsigned integer: images and labels as files hold them.</summary>
    UInt8,

    /// <summary>True or false, one byte each.</summary>
    Bool,
}
