using System.Text;

namespace GpuKeras;

/// <summary>Builds OpenCL C for a device, or takes what was built before from the cache.</summary>
/// <param name="queue">The device's queue.</param>
/// <param name="deviceName">The device's name, for errors.</param>
/// <param name="platform">The device, its driver and their versions: what a binary depends on beside the source.</param>
/// <param name="options">The options of the build.</param>
/// <param name="cache">Where binaries are kept.</param>
internal sealed unsafe class OpenClProgram(OpenClQueue queue, string deviceName, string platform, string options, KernelCache cache)
{
    private const uint BuildLog = 0x1183;
    private const uint BinarySizes = 0x1165;
    private const uint Binaries = 0x1166;
    private const uint KernelGroupSize = 0x11B0;

    /// <summary>A kernel, ready to be launched.</summary>
    /// <param name="name">Its function in <paramref name="source"/>.</param>
    /// <param name="source">OpenCL C.</param>
    /// <returns>The <c>cl_kernel</c>.</returns>
    public nint Build(string name, string source)
    {
        var key = KeyOf(source);
        var program = cache.Read(key) is { } binary ? Load(binary) : 0;
        var isKept = program != 0;
        if (!isKept)
            program = Compile(name, source);
        try
        {
            if (!isKept && BinaryOf(program) is { Length: > 0 } built)
                cache.Write(key, built);
            int status;
            var kernel = OpenClDriver.CreateKernel(program, name, &status);
            queue.Check(status, $"clCreateKernel for '{name}'");
            return kernel;
        }
        finally
        {
            // The kernel keeps its program.
            _ = OpenClDriver.ReleaseProgram(program);
        }
    }

    /// <summary>The most items that a group of a kernel can have.</summary>
    public int MaxGroupSize(nint kernel)
    {
        nuint items = 0;
        queue.Check(
            OpenClDriver.GetKernelWorkGroupInfo(kernel, queue.Device, KernelGroupSize, (nuint)sizeof(nuint), &items, null),
            "clGetKernelWorkGroupInfo");
        return (int)Math.Min(items, int.MaxValue);
    }

    /// <summary>The key of a source's binary in the cache.</summary>
    public string KeyOf(string source) => KernelCache.Key("opencl", platform, options, source);

    // A driver that refuses its own old binary is not an error: the source is built again.
    private nint Load(byte[] binary)
    {
        var device = queue.Device;
        var length = (nuint)binary.Length;
        int status, binaryStatus;
        fixed (byte* first = binary)
        {
            var start = first;
            var program = OpenClDriver.CreateProgramWithBinary(queue.Context, 1, &device, &length, &start, &binaryStatus, &status);
            if (status != OpenClStatus.Success)
                return 0;
            if (OpenClDriver.BuildProgram(program, 1, &device, options, 0, 0) == OpenClStatus.Success)
                return program;
            _ = OpenClDriver.ReleaseProgram(program);
            return 0;
        }
    }

    private nint Compile(string name, string source)
    {
        var device = queue.Device;
        var bytes = Encoding.UTF8.GetBytes(source);
        var length = (nuint)bytes.Length;
        int status;
        nint program;
        fixed (byte* first = bytes)
        {
            var start = first;
            program = OpenClDriver.CreateProgramWithSource(queue.Context, 1, &start, &length, &status);
        }
        queue.Check(status, "clCreateProgramWithSource");
        status = OpenClDriver.BuildProgram(program, 1, &device, options, 0, 0);
        if (status == OpenClStatus.Success)
            return program;
        var log = LogOf(program);
        _ = OpenClDriver.ReleaseProgram(program);
        throw new KernelBuildException(deviceName, name, OpenClStatus.NameOf(status), log, source);
    }

    private string LogOf(nint program)
    {
        nuint size = 0;
        if (OpenClDriver.GetProgramBuildInfo(program, queue.Device, BuildLog, 0, null, &size) != OpenClStatus.Success)
            return "";
        var log = new byte[size];
        fixed (byte* first = log)
            _ = OpenClDriver.GetProgramBuildInfo(program, queue.Device, BuildLog, size, first, null);
        return Encoding.UTF8.GetString(log).TrimEnd('\0');
    }

    // Empty where the driver gives none: a program is then built anew by each process.
    private static byte[] BinaryOf(nint program)
    {
        nuint size = 0;
        if (OpenClDriver.GetProgramInfo(program, BinarySizes, (nuint)sizeof(nuint), &size, null) != OpenClStatus.Success)
            return [];
        var binary = new byte[size];
        fixed (byte* first = binary)
        {
            var start = first;
            return OpenClDriver.GetProgramInfo(program, Binaries, (nuint)sizeof(byte*), &start, null) == OpenClStatus.Success ? binary : [];
        }
    }
}
