namespace GpuKeras.Compilation;

/// <summary>One attempt to translate a kernel: what its parts share.</summary>
internal sealed class Translation
{
    public Translation(KernelFunction function, TranslationFacts facts)
    {
        Function = function;
        Facts = facts;
        Failure = new(function.Source);
        Code = new(function, Failure);
        Variables = new(Code, facts, Failure);
    }

    /// <summary>The kernel.</summary>
    public KernelFunction Function { get; }

    /// <summary>What earlier attempts found out.</summary>
    public TranslationFacts Facts { get; }

    /// <summary>Makes exceptions.</summary>
    public Failure Failure { get; }

    /// <summary>Writes instructions.</summary>
    public CodeBuilder Code { get; }

    /// <summary>The C# variables.</summary>
    public Variables Variables { get; }

    /// <summary>How many calls deep the translation is.</summary>
    public int Depth { get; set; }

    /// <summary>The name of the block that is being translated.</summary>
    public ulong Path { get; set; }

    /// <summary>Sets where the translation is.</summary>
    public void At(SourceLocation location)
    {
        Failure.Move(location);
        Code.Source = location;
    }

    /// <summary>A value that must be a number or an address.</summary>
    public Value Scalar(StackValue value) => value as Value ?? throw Failure.At(
        value is UnusableValue unusable ? "uses " + unusable.Problem : $"uses a {Describe(value)} as a number",
        "kernels compute with numbers, structs of numbers, and views");

    private static string Describe(StackValue value) => value switch
    {
        StructValue s => s.Shape.Type.Name,
        ReferenceValue => "reference to a C# variable",
        RegisterArrayValue => "register array",
        _ => "object",
    };
}
