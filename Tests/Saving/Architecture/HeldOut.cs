using GpuKeras.Layers;
using GpuKeras.Saving;

namespace GpuKeras.Tests.Saving.Architecture;

/// <summary>The residual block of the reference model 09, as its README describes it.</summary>
[KerasSerializable("heldout")]
public sealed class ResBlock(int units, string? name = null) : Layer(name)
{
    private readonly LayerNormalization norm = new();
    private readonly Dense fc1 = new(2 * units, activation: "relu");
    private readonly Dense fc2 = new(units);
    private Variable scale = null!;
    private Variable calls = null!;

    public int Units { get; } = units;

    protected override void Build(Shape input)
    {
        scale = AddWeight("scale", [Units], "ones");
        calls = AddWeight("calls", [], "zeros", trainable: false);
    }

    protected override Tensor Call(Tensor inputs, bool training)
    {
        if (training && !inputs.IsSymbolic)
            calls.AssignAdd(Tensor.Scalar(1));
        return inputs + scale * fc2.Apply(fc1.Apply(norm.Apply(inputs)));
    }
}

/// <summary>The reference model 09: a subclass with lists and dictionaries of layers, and two outputs.</summary>
[KerasSerializable("heldout")]
public sealed class ResMLP : Model
{
    private readonly Dense stem;
    private readonly List<ResBlock> blocks = [];
    private readonly Dictionary<string, Dense> heads;
    private readonly Dropout drop = new(0.25);

    public ResMLP(int width, int depth, int classes, string? name = null)
        : base(name)
    {
        (Width, Depth, Classes) = (width, depth, classes);
        stem = new(width);
        for (var i = 0; i < depth; i++)
            blocks.Add(new(width));
        heads = new() { ["main"] = new(classes, name: "main_head"), ["aux"] = new(1) };
    }

    public int Width { get; }

    public int Depth { get; }

    public int Classes { get; }

    protected override TensorStructure Call(TensorStructure inputs, CallContext context)
    {
        var h = stem.Apply(inputs.Single);
        foreach (var block in blocks)
            h = block.Apply(h);
        h = drop.Apply(h);
        return new() { ["aux"] = heads["aux"].Apply(h), ["main"] = heads["main"].Apply(h) };
    }
}
