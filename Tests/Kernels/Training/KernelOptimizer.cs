using System.Text.Json;
using GpuKeras.Kernels;
using GpuKeras.Kernels.Training;
using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Kernels.Training;

/// <summary>Launches the kernel of one case of the optimizer table, with the scalars that Keras' optimizer would pass.</summary>
public sealed class KernelOptimizer(JsonElement entry) : IDisposable
{
    private readonly string type = entry.GetProperty("cls").GetString()!;
    private readonly JsonElement config = entry.GetProperty("config");
    private readonly Dictionary<string, HostArray<float>> slots = [];
    private double product = 1;

    public int SlotCount => slots.Count;

    public float[] Slot(string name) => slots[name].Values;

    public void Step(HostArray<float> w, HostArray<float> g, int t)
    {
        var rate = Number("learning_rate");
        var decay = config.GetProperty("weight_decay").ValueKind == JsonValueKind.Null ? 0 : Number("weight_decay") * rate;
        var length = w.Values.Length;
        HostArray<float> Variable(string name, float initial = 0)
        {
            if (!slots.TryGetValue(name, out var slot))
            {
                slots[name] = slot = new HostArray<float>(length);
                slot.View.Span.Fill(initial);
            }
            return slot;
        }

        switch (type)
        {
            case "SGD" when Number("momentum") == 0:
                new SgdKernel<float>(w, g, rate, decay).RunHost();
                break;
            case "SGD":
                new MomentumKernel<float>(w, g, Variable("momentum"), rate, Number("momentum"), Flag("nesterov"), decay).RunHost();
                break;
            case "Adam" or "AdamW":
                var (beta1, beta2) = (Number("beta_1"), Number("beta_2"));
                var alpha = rate * Math.Sqrt(1 - Math.Pow(beta2, t)) / (1 - Math.Pow(beta1, t));
                ArrayView<float> largest = Flag("amsgrad") ? Variable("velocity_hat") : default(ArrayView<float>);
                new AdamKernel<float>(
                    w, g, Variable("momentum"), Variable("velocity"), largest, alpha, beta1, beta2, Number("epsilon"), decay)
                    .RunHost();
                break;
            case "RMSprop":
                ArrayView<float> average = Flag("centered") ? Variable("average_gradient") : default(ArrayView<float>);
                ArrayView<float> momentum = Number("momentum") > 0 ? Variable("momentum") : default(ArrayView<float>);
                new RmsPropKernel<float>(
                    w, g, Variable("velocity"), average, momentum, rate, Number("rho"), Number("momentum"), Number("epsilon"),
                    decay).RunHost();
                break;
            case "Adagrad":
                var sums = Variable("accumulator", (float)Number("initial_accumulator_value"));
                new AdagradKernel<float>(w, g, sums, rate, Number("epsilon"), decay).RunHost();
                break;
            case "Adadelta":
                new AdadeltaKernel<float>(
                    w, g, Variable("accumulated_grad"), Variable("accumulated_delta_var"), rate, Number("rho"), Number("epsilon"),
                    decay).RunHost();
                break;
            case "Adamax":
                var corrected = rate / (1 - Math.Pow(Number("beta_1"), t));
                new AdamaxKernel<float>(
                    w, g, Variable("momentum"), Variable("norm"), corrected, Number("beta_1"), Number("beta_2"), Number("epsilon"),
                    decay).RunHost();
                break;
            case "Nadam":
                var (now, next) = (Schedule(t), Schedule(t + 1));
                product *= now;
                new NadamKernel<float>(
                    w, g, Variable("momentum"), Variable("velocity"), rate, Number("beta_1"), Number("beta_2"), Number("epsilon"),
                    next / (1 - product * next), (1 - now) / (1 - product), 1 / (1 - Math.Pow(Number("beta_2"), t)), decay).RunHost();
                break;
            case "Lion":
                new LionKernel<float>(w, g, Variable("momentum"), rate, Number("beta_1"), Number("beta_2"), decay).RunHost();
                break;
            case "Ftrl":
                var l2 = Number("l2_regularization_strength") + Number("beta") / (2 * rate);
                var accumulator = Variable("accumulator", (float)Number("initial_accumulator_value"));
                new FtrlKernel<float>(
                    w, g, accumulator, Variable("linear"), rate, Number("learning_rate_power"), Number("l1_regularization_strength"), l2,
                    Number("l2_shrinkage_regularization_strength"), decay).RunHost();
                break;
            default:
                throw new NotSupportedException(type);
        }
    }

    public void Dispose()
    {
        foreach (var slot in slots.Values)
            slot.Dispose();
    }

    private double Schedule(int t) => Number("beta_1") * (1 - 0.5 * Math.Pow(0.96, t));

    private double Number(string name) => config.GetProperty(name).GetDouble();

    private bool Flag(string name) => config.GetProperty(name).GetBoolean();
}
