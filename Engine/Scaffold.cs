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

    public Tensor Equal(Tensor a) => this;

    public Tensor Exp() => this;

    public Tensor Sqrt() => this;

    public static Tensor operator -(Tensor a) => a;

    public static Tensor Where(Tensor a, Tensor b, Tensor c) => a;

    // linear

    public Tensor MatMul(Tensor b, bool transposeA = false, bool transposeB = false) => this;
}
