// Names that are about to be written by whoever owns them: delete a line here when its real one exists. Gone before anything ships.
#pragma warning disable
namespace GpuKeras;
public partial class Tensor
{
    // elementwise

    public static Tensor operator +(Tensor a, Tensor b) => a;

    public static Tensor operator -(Tensor a, Tensor b) => a;

    public static Tensor operator *(Tensor a, Tensor b) => a;

    public static Tensor operator /(Tensor a, Tensor b) => a;

    public static Tensor operator *(Tensor a, double b) => a;

    public static Tensor operator +(Tensor a, double b) => a;

    public static Tensor operator /(Tensor a, double b) => a;

    public Tensor Cast(DType d) => this;

    public Tensor Round() => this;

    public Tensor Equal(double a) => this;

    public static Tensor Where(Tensor a, Tensor b, Tensor c) => a;

    // linear

    public Tensor MatMul(Tensor b, bool transposeA = false, bool transposeB = false) => this;

    // reductions

    public Tensor Sum() => this;

    public Tensor Mean() => this;

    public Tensor OneHot(int n) => this;

    public Tensor Gather(Tensor n) => this;

    public Tensor Softmax(int axis = -1) => this;

    public Tensor this[Range r] => this;

    public Tensor this[Index r] => this;

    public Tensor Squeeze(int a) => this;

    public Tensor ExpandDims(int a) => this;

    public Tensor ArgMax(int a) => this;

    public Tensor BroadcastTo(Shape s) => this;

    public static Tensor Concat(ReadOnlySpan<Tensor> a, int axis) => a[0];
}
public class RandomGenerator(long seed)
{
    public Tensor Integers(Shape s, long low, long high) => null!;
    public Tensor Uniform(Shape s) => null!;
    public Tensor Permutation(int n) => null!;
}
