using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GpuKeras.Compilation;
using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Compilation;

/// <summary>Where the compiler believes that fields lie, beside where they do.</summary>
public class StructShapeTests
{
    [Test]
    public void Offsets_OfMixedNumbers_AreThoseInMemory()
    {
        Mixed value = default;
        Check(ref value, [Of(ref value, ref value.Flag), Of(ref value, ref value.Real), Of(ref value, ref value.Small), Of(ref value, ref value.Letter)]);
    }

    [Test]
    public void Offsets_OfNestedGenericStructs_AreThoseInMemory()
    {
        Outer<Mixed, Half> value = default;
        Check(ref value, [Of(ref value, ref value.Before), Of(ref value, ref value.Nested), Of(ref value, ref value.After), Of(ref value, ref value.View)]);
    }

    [Test]
    public void Offsets_BesideReferences_AreThoseInMemory()
    {
        WithReference value = default;
        // The runtime moves references to the front: what is declared last does not lie last.
        Assert.That(Of(ref value, ref value.Number), Is.GreaterThan(Of(ref value, ref value.Text)));
        Check(ref value, [Of(ref value, ref value.Number), Of(ref value, ref value.Text), Of(ref value, ref value.Holder)]);
    }

    [Test]
    public unsafe void Offsets_OfPointersAndExplicitLayouts_AreThoseInMemory()
    {
        WithPointer value = default;
        Check(ref value, [0, (int)((byte*)&value.Address - (byte*)&value), (int)((byte*)&value.Kind - (byte*)&value)]);
    }

    private static int Of<T, TField>(ref T value, ref TField field) =>
        (int)Unsafe.ByteOffset(ref Unsafe.As<T, byte>(ref value), ref Unsafe.As<TField, byte>(ref field));

    private static void Check<T>(ref T value, int[] offsets)
    {
        var shape = StructShape.Of(value!.GetType());
        Assert.That(shape.SizeBytes, Is.EqualTo(Unsafe.SizeOf<T>()));
        Assert.That(shape.Members.Select(static member => member.OffsetBytes), Is.EqualTo(offsets));
    }

    private struct Mixed
    {
        public bool Flag;
        public double Real;
        public byte Small;
        public char Letter;
    }

    private struct Outer<T, TNumber>
    {
        public TNumber Before;
        public T Nested;
        public sbyte After;
        public ArrayView<float> View;
    }

    private readonly record struct Holder(string Text, short Number);

    private struct WithReference
    {
        public int Number;
        public string Text;
        public Holder Holder;
    }

    [StructLayout(LayoutKind.Explicit)]
    private unsafe struct WithPointer
    {
        [FieldOffset(0)]
        public byte First;

        [FieldOffset(16)]
        public float* Address;

        [FieldOffset(8)]
        public DayOfWeek Kind;
    }
}
