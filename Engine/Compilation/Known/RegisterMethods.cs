using GpuKeras.Kernels;

namespace GpuKeras.Compilation;

/// <summary>Registers under numbers, loops that are written out, and matrix instructions on registers.</summary>
internal static class RegisterMethods
{
    public static KnownMethod[] All { get; } =
    [
        new(typeof(Unroll), nameof(Unroll.From), static call =>
            Constant.Int32(call.Constant(0, "the start of an unrolled loop").Bits, isStatic: true)),
        new(typeof(RegisterArray<>), nameof(RegisterArray<int>.Zeros), Zeros),
        new(typeof(RegisterArray<>), "get_Item", static call =>
            new ReferenceValue(Register(call, 0, call.Constant(1, "a register's number")))),
        new(typeof(MatrixUnit), nameof(MatrixUnit.RoundTf32), static call =>
            call.Code.Math(MathFunction.RoundTf32, IrType.Int32, unsigned: false, call.Scalar(0))),
        new(typeof(MatrixUnit), nameof(MatrixUnit.PackBFloat16), static call =>
            call.Code.Math(MathFunction.PackBFloat16, IrType.Int32, unsigned: false, call.Scalar(0), call.Scalar(1))),
        new(typeof(MatrixUnit), nameof(MatrixUnit.MultiplyAddTf32), static call => MultiplyAdd(call, IrKind.Float32)),
        new(typeof(MatrixUnit), nameof(MatrixUnit.MultiplyAddBFloat16), static call => MultiplyAdd(call, IrKind.BFloat16)),
    ];

    private static RegisterArrayValue Zeros(KnownCall call)
    {
        var length = (int)call.Constant(0, "the number of registers").Bits;
        var registers = new Slot[length];
        for (var i = 0; i < length; i++)
        {
            registers[i] = new Slot(call.Generic[0], SlotName.Combine(call.Name, i)) { IsArrayRegister = true };
            call.Translation.Variables.Store(registers[i], Variables.Default(call.Generic[0]));
        }
        return new RegisterArrayValue(registers);
    }

    private static Slot Register(KnownCall call, int array, Constant index)
    {
        if (call.Struct(array, call.Method.DeclaringType!) is not RegisterArrayValue { Registers: var registers })
            throw call.Fail("uses a register array that was not made", "make it with RegisterArray.Zeros");
        if (index.Bits < 0 || index.Bits >= registers.Length)
            throw call.Fail($"uses register {index.Bits} of {registers.Length}", "check the bounds of the loop");
        return registers[(int)index.Bits];
    }

    private static StackValue? MultiplyAdd(KnownCall call, IrKind number)
    {
        call.NeedGroups();
        var (variables, code) = (call.Translation.Variables, call.Code);
        var first = call.Constant(1, "a register's number").Bits;
        var sums = Enumerable.Range(0, 4).Select(i => Register(call, 0, Constant.Int32(first + i))).ToArray();
        Value[] operands =
        [
            .. Enumerable.Range(2, 6).Select(call.Scalar),
            .. sums.Select(sum => call.Translation.Scalar(variables.Load(sum))),
        ];
        var targets = sums.Select(_ => code.NewRegister(IrType.Float32)).ToArray();
        var multiply = new Instruction(Opcode.MatrixMultiplyAdd, targets, operands) { Memory = number, Source = code.Source };
        code.Add(multiply);
        for (var i = 0; i < 4; i++)
        {
            targets[i].Definition = multiply;
            variables.Store(sums[i], targets[i]);
        }
        return null;
    }
}
