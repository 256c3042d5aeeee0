namespace GpuKeras.Compilation;

/// <summary>What an <see cref="Instruction"/> does. T is its target, A, B, C its operands.</summary>
internal enum Opcode
{
    /// <summary>T = A.</summary>
    Move,

    /// <summary>T = A + B. Integers wrap around; floating point is never contracted. Also of panels, as other arithmetic.</summary>
    Add,

    /// <summary>T = A − B. Of two pointers: the distance in bytes, Int64.</summary>
    Subtract,

    /// <summary>T = A · B.</summary>
    Multiply,

    /// <summary>T = A / B, <see cref="Instruction.Unsigned"/> or not; undefined for an integer B = 0.</summary>
    Divide,

    /// <summary>T = A % B with the sign of A (<c>fmod</c>), <see cref="Instruction.Unsigned"/> or not.</summary>
    Remainder,

    And,
    Or,
    Xor,

    /// <summary>T = A &lt;&lt; (B &amp; (bits − 1)); B is Int32.</summary>
    ShiftLeft,

    /// <summary>T = A >> (B &amp; (bits − 1)); <see cref="Instruction.Unsigned"/> fills with zeros.</summary>
    ShiftRight,

    Negate,

    /// <summary>T = ~A.</summary>
    Not,

    /// <summary>T = 1 where <see cref="Instruction.Comparison"/> holds between A and B, else 0.</summary>
    Compare,

    /// <summary>
    /// T = A as <see cref="Instruction.Memory"/>, which may be a small kind: T then holds the rounded or cut value.
    /// Unsigned: an integer A is unsigned; for a floating-point A the integer result is. Floating point to integer saturates, NaN gives 0.
    /// </summary>
    Convert,

    /// <summary>T = the bits of A: Int32 ↔ Float32, Int64 ↔ Float64.</summary>
    Bitcast,

    /// <summary>T = <see cref="Instruction.Math"/> (A, B, C).</summary>
    Math,

    /// <summary>T = the <see cref="Instruction.Memory"/> at A; four targets: four neighbouring ones, aligned to their total size.</summary>
    Load,

    /// <summary>
    /// The <see cref="Instruction.Memory"/> at A = B; operands A, B₀ … B₃: four neighbouring ones, aligned to their total size.
    /// </summary>
    Store,

    /// <summary>T = A + B · <see cref="Instruction.Immediate"/> bytes; B is Int32 (signed) or Int64.</summary>
    PointerAdd,

    /// <summary>T = the address of <see cref="KernelFunction.Arrays"/>[<see cref="Instruction.Immediate"/>].</summary>
    ArrayAddress,

    /// <summary>T = <see cref="Instruction.Special"/>, Int32.</summary>
    Special,

    /// <summary>Waits for all items of the group; orders shared and global memory.</summary>
    Barrier,

    /// <summary>
    /// T = what was at A, which becomes <see cref="Instruction.Atomic"/> of it and B
    /// (exchange: B; compare and exchange: C where equal to B).
    /// </summary>
    Atomic,

    /// <summary>T = A of another item of the warp, by <see cref="Instruction.Shuffle"/> and B; every item of the group gets here.</summary>
    Shuffle,

    /// <summary>T = a panel of A.</summary>
    PanelBroadcast,

    /// <summary>T = number <see cref="Instruction.Immediate"/> of the panel A.</summary>
    PanelElement,

    /// <summary>T = C in the places where <see cref="Instruction.Comparison"/> holds between the panels A and B, else D.</summary>
    PanelSelect,

    /// <summary>
    /// Four targets D = A[16, k] · B[k, 8] + C; operands A₀…A₃, B₀, B₁ (Int32), C₀…C₃. <see cref="Instruction.Memory"/> BFloat16: two
    /// numbers an operand, k = 16; Float32: one of TF32, k = 8. CUDA only.
    /// </summary>
    MatrixMultiplyAdd,

    /// <summary>
    /// Starts copying <see cref="Instruction.Immediate"/> bytes, 4 or 16, to the shared A from the global B where C is 1; where it is 0,
    /// clears A. CUDA only, as are the next two.
    /// </summary>
    AsyncCopyStart,

    /// <summary>Closes a batch of copies.</summary>
    AsyncCopyCommit,

    /// <summary>Waits until at most <see cref="Instruction.Immediate"/> batches are under way.</summary>
    AsyncCopyWait,

    /// <summary>Goes to successor 0. This and the following end a block.</summary>
    Jump,

    /// <summary>Goes to successor 0 where <see cref="Instruction.Comparison"/> holds between A and B, else to successor 1.</summary>
    Branch,

    /// <summary>Goes to successor A (unsigned) where there is one before the last, else to the last.</summary>
    Switch,

    /// <summary>Ends the item.</summary>
    Return,
}
