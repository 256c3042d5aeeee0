namespace GpuKeras.Compilation;

/// <summary>One step of a kernel; which of the properties count is said at its <see cref="Compilation.Opcode"/>.</summary>
/// <param name="opcode">What it does.</param>
/// <param name="targets">What it writes.</param>
/// <param name="operands">What it reads.</param>
internal sealed class Instruction(Opcode opcode, Register[] targets, Value[] operands)
{
    public Opcode Opcode { get; } = opcode;

    /// <summary>What it writes: none, one, or four.</summary>
    public Register[] Targets { get; set; } = targets;

    /// <summary>What it reads.</summary>
    public Value[] Operands { get; set; } = operands;

    /// <summary>What lies in memory, or what a conversion makes.</summary>
    public IrKind Memory { get; init; }

    /// <summary>Integers are unsigned; a comparison of floating-point numbers is true with NaN.</summary>
    public bool Unsigned { get; init; }

    public Comparison Comparison { get; init; }

    public MathFunction Math { get; init; }

    public SpecialRegister Special { get; init; }

    public AtomicOperation Atomic { get; init; }

    public ShuffleKind Shuffle { get; init; }

    /// <summary>A number that is part of the instruction.</summary>
    public int Immediate { get; init; }

    /// <summary>Where the control flow goes.</summary>
    public BasicBlock[] Successors { get; set; } = [];

    /// <summary>Where it came from.</summary>
    public SourceLocation Source { get; init; }

    /// <summary>The one register that it writes.</summary>
    public Register Target => Targets[0];

    /// <summary>Whether it ends a block.</summary>
    public bool IsTerminator => Opcode >= Opcode.Jump;

    /// <summary>Whether it does something besides writing its targets.</summary>
    public bool HasEffect => Opcode is Opcode.Store or Opcode.Barrier or Opcode.Atomic or Opcode.Shuffle or Opcode.MatrixMultiplyAdd
        or Opcode.AsyncCopyStart or Opcode.AsyncCopyCommit or Opcode.AsyncCopyWait || IsTerminator;

    /// <summary>Whether its target depends on nothing but its operands, which never change.</summary>
    public bool IsPure => Opcode is (>= Opcode.Add and <= Opcode.Math) or Opcode.PointerAdd
        or Opcode.PanelBroadcast or Opcode.PanelElement or Opcode.PanelSelect
        || Opcode == Opcode.Load && Operands[0].Type.Space == AddressSpace.Parameter;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{(Targets.Length > 0 ? string.Join(", ", (object[])Targets) + " = " : "")}{Opcode} {string.Join(", ", (object[])Operands)}"
        + (Successors.Length > 0 ? " -> " + string.Join(", ", Successors.Select(static block => $"b{block.Id}")) : "");
}
