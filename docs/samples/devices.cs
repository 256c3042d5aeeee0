#:project ../../Api/GpuKeras.csproj
// Devices: the same program on the CPU, CUDA or OpenCL.
using GpuKeras;

foreach (var device in Device.List())
    Console.WriteLine($"{device.Name,-10} {device.Description}");
foreach (var absent in Device.Absent())
    Console.WriteLine($"{absent.Kind,-10} absent: {absent.Reason}");

using (Device.Use("cpu"))                                // otherwise GPUKERAS_DEVICE, otherwise the best one
{
    var a = Tensor.From(new float[,] { { 1, 2 }, { 3, 4 } });
    var b = Tensor.Ones([2, 2]);
    Console.WriteLine(a.MatMul(b));
    Console.WriteLine($"{Device.Current.Memory.LiveBytes} bytes live, {Device.Current.Memory.PooledBytes} pooled");
}
