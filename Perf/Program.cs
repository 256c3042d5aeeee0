using System.CommandLine;
using GpuKeras.Perf.Commands;

var root = new RootCommand("Measure GpuKeras: side by side with other libraries, or kernel by kernel.")
{
    CompareCommand.Create(),
    BenchCommand.Create(),
};
try
{
    return root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or IOException
    or UnauthorizedAccessException or GpuKeras.DeviceException or NotSupportedException)
{
    Console.Error.WriteLine($"error: {exception.Message}");
    return 1;
}
