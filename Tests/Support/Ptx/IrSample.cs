using GpuKeras.Compilation;
using GpuKeras.Kernels;

namespace GpuKeras.Tests.Support.Ptx;

/// <summary>A kernel made of a few instructions of the intermediate code: y[i] = f(a[i], b[i], c[i]), one item for each i.</summary>
internal sealed class IrSample
{
    private readonly KernelFunction function = new() { Name = "sample", Source = "sample", IsIndexed = false };
    private readonly BasicBlock block = new(0);
    private readonly Register index;

    public IrSample()
    {
        function.Blocks.Add(block);
        index = Emit(Opcode.Special, IrType.Int32, [], special: SpecialRegister.GlobalIndex);
    }

    /// <summary>One operation: the operands' types are those in memory.</summary>
    public static T[] Run<T>(Func<IrSample, Register[], Register> operation, Array[] inputs, int architecture, IrKind? stored = null)
        where T : unmanaged
    {
        var sample = new IrSample();
        var buffers = Array.ConvertAll(inputs, static input => new HostArray<byte>(Bytes(input)));
        using var output = new HostArray<T>(inputs[0].Length);
        var operands = Array.ConvertAll(inputs, input => sample.Load(KindOf(input.GetType().GetElementType()!)));
        var result = operation(sample, operands);
        sample.Store(result, stored ?? KindOf(typeof(T)));
        var machine = new PtxMachine();
        foreach (var buffer in buffers)
            machine.Buffers.Add(buffer.View);
        machine.Buffers.Add(output.View);
        machine.Launch(
            new PtxProgram(sample.Text(architecture)), KernelConfig.Linear(inputs[0].Length, 1),
            [.. buffers.Select(static buffer => Address(buffer.View)), Address(output.View)]);
        foreach (var buffer in buffers)
            buffer.Dispose();
        return output.Values;
    }

    /// <summary>The kernel as PTX.</summary>
    public string Text(int architecture) => PtxEmitter.Emit(function, architecture).Text;

    /// <summary>Adds an instruction with one target.</summary>
    public Register Emit(
        Opcode opcode, IrType type, Value[] operands, IrKind memory = default, bool unsigned = false, Comparison comparison = default,
        MathFunction math = default, SpecialRegister special = default, int immediate = 0)
    {
        var target = new Register(function.RegisterCount++, type);
        var instruction = new Instruction(opcode, [target], operands)
        {
            Memory = memory,
            Unsigned = unsigned,
            Comparison = comparison,
            Math = math,
            Special = special,
            Immediate = immediate,
        };
        target.Definition = instruction;
        block.Instructions.Add(instruction);
        return target;
    }

    /// <summary>What a C# type is in memory.</summary>
    public static IrKind KindOf(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.SByte => IrKind.Int8,
        TypeCode.Byte => IrKind.UInt8,
        TypeCode.Int16 => IrKind.Int16,
        TypeCode.UInt16 => IrKind.UInt16,
        TypeCode.Int32 or TypeCode.UInt32 => IrKind.Int32,
        TypeCode.Int64 or TypeCode.UInt64 => IrKind.Int64,
        TypeCode.Single => IrKind.Float32,
        TypeCode.Double => IrKind.Float64,
        _ => type == typeof(Half) ? IrKind.Float16 : throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    private static byte[] Bytes(Array values)
    {
        if (values is Half[] halves)
            return System.Runtime.InteropServices.MemoryMarshal.AsBytes(halves.AsSpan()).ToArray();
        var bytes = new byte[Buffer.ByteLength(values)];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        return bytes;
    }

    private static unsafe byte[] Address<T>(ArrayView<T> view)
        where T : unmanaged => BitConverter.GetBytes((long)view.Pointer);

    private Register Load(IrKind kind) => Emit(Opcode.Load, kind.Register(), [Element(kind)], kind);

    private void Store(Register value, IrKind kind)
    {
        block.Instructions.Add(new(Opcode.Store, [], [Element(kind), value]) { Memory = kind });
        block.Instructions.Add(new(Opcode.Return, [], []));
    }

    private Register Element(IrKind kind)
    {
        var pointer = new Register(function.RegisterCount++, IrType.Pointer(AddressSpace.Global));
        function.Arguments.Add(new(ArgumentKind.Pointer, 8 * function.Arguments.Count, 8, IrKind.Pointer, pointer));
        return Emit(Opcode.PointerAdd, pointer.Type, [pointer, index], immediate: kind.SizeBytes());
    }
}
