using System.Reflection;
using GpuKeras.Compilation;
using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Compilation;

public sealed class ArgumentTests
{
    [Test]
    public void Arguments_OfAGenericStruct_LieWhereDotNetPutsThem()
    {
        var function = Translate(nameof(Bodies.All));
        var arguments = function.Arguments;
        Assert.That(
            arguments.Select(static a => (a.Kind, a.SizeBytes, a.Element)),
            Is.EqualTo(new[]
            {
                (ArgumentKind.Value, 1, IrKind.UInt8),
                (ArgumentKind.Pointer, 8, IrKind.Pointer),
                (ArgumentKind.Value, 8, IrKind.Int64),
                (ArgumentKind.Value, 8, IrKind.Int64),
                (ArgumentKind.Value, 2, IrKind.Int16),
                (ArgumentKind.Block, 32, IrKind.Int32),
                (ArgumentKind.Count, 4, IrKind.Int32),
            }));
        Assert.That(function.ArgumentBytes, Is.EqualTo(8 + 8 + 8 + 8 + 8 + 32 + 4));
        var values = new Mixed<float> { View = new(17, 18, 19), Small = -5, Flag = true, Extents = new([7, 8, 9]) };
        Assert.That(Read<byte>(values, arguments[0]), Is.EqualTo(1));
        Assert.That(Read<long>(values, arguments[1]), Is.EqualTo(17));
        Assert.That(Read<long>(values, arguments[2]), Is.EqualTo(18));
        Assert.That(Read<long>(values, arguments[3]), Is.EqualTo(19));
        Assert.That(Read<short>(values, arguments[4]), Is.EqualTo(-5));
        Assert.That(Read<int>(values, arguments[5]), Is.EqualTo(7));
    }

    [Test]
    public void Arguments_ThatAreNotUsed_AreNotPassed() => Assert.That(
        Translate(nameof(Bodies.Few)).Arguments.Select(static a => a.Kind),
        Is.EqualTo(new[] { ArgumentKind.Pointer, ArgumentKind.Value, ArgumentKind.Count }));

    [Test]
    public void Arguments_ThatAreOnlyConverted_AreConvertedByTheLaunch()
    {
        var arguments = Translate(nameof(Bodies.Converted)).Arguments.Where(static argument => argument.IsConverted).ToArray();
        Assert.That(
            arguments.Select(static a => (a.Element, a.SizeBytes)),
            Is.EqualTo(new[] { (IrKind.Float32, 4), (IrKind.Int32, 4), (IrKind.Int64, 8) }));
        Assert.That(Converted(arguments[0], 0.1), Is.EqualTo(0.1f));
        Assert.That(Converted(arguments[1], -1e99), Is.EqualTo(int.MinValue));
        Assert.That(Converted(arguments[2], double.NaN), Is.EqualTo(0L));
    }

    [Test]
    public void Translation_OfTheSameBody_IsTheSameText() =>
        Assert.That(OpenClEmitter.Emit(Translate(nameof(Bodies.All))), Is.EqualTo(OpenClEmitter.Emit(Translate(nameof(Bodies.All)))));

    [Test]
    public void Names_OfInstantiations_Differ() => Assert.That(
        KernelNames.Of(typeof(Bodies).GetMethod(nameof(Bodies.Of))!.MakeGenericMethod(typeof(int))),
        Is.Not.EqualTo(KernelNames.Of(typeof(Bodies).GetMethod(nameof(Bodies.Of))!.MakeGenericMethod(typeof(uint)))));

    private static KernelFunction Translate(string name) =>
        KernelCompiler.Translate(typeof(Bodies).GetMethod(name, BindingFlags.Public | BindingFlags.Static)!);

    private static object Converted(KernelArgument argument, double number)
    {
        var bytes = new byte[argument.OffsetBytes + sizeof(double)];
        BitConverter.TryWriteBytes(bytes.AsSpan(argument.OffsetBytes), number);
        argument.Convert(bytes);
        return argument.Element switch
        {
            IrKind.Float32 => BitConverter.ToSingle(bytes, argument.OffsetBytes),
            IrKind.Int32 => BitConverter.ToInt32(bytes, argument.OffsetBytes),
            _ => BitConverter.ToInt64(bytes, argument.OffsetBytes),
        };
    }

    private static unsafe T Read<T>(Mixed<float> values, KernelArgument argument)
        where T : unmanaged => *(T*)((byte*)&values + argument.OffsetBytes);

    internal struct Mixed<T>
        where T : unmanaged
    {
        public bool Flag;
        public ArrayView<T> View;
        public short Small;
        public Extents Extents;
        public double Unused;
    }

    internal readonly record struct Numbers(
        ArrayView<long> View, double ToFloat, double ToInt32, double ToInt64, double Both, double Unsigned);

    internal static class Bodies
    {
        public static void Converted(Index1D i, Numbers values) =>
            values.View[i] = (long)((float)values.ToFloat * i.X) + (int)values.ToInt32 + (byte)values.ToInt32 + (long)values.ToInt64
                + (long)((float)values.Both * values.Both) + (uint)values.Unsigned;

        public static void All(Index1D i, Mixed<float> values) =>
            values.View[i] = (values.Flag ? 1 : 2) + values.Small + values.View.Length + values.Extents[i % 3];

        public static void Few(Index1D i, Mixed<float> values) => values.View[i] = 1;

        public static void Of<T>(Index1D i, ArrayView<T> view)
            where T : unmanaged => view[i] = default;
    }
}
