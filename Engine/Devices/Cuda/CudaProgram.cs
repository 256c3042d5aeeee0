using System.Text;
using GpuKeras.Compilation;

namespace GpuKeras;

/// <summary>Builds PTX for a device, or takes what was built before from the cache.</summary>
/// <remarks>
/// The driver would keep binaries of its own, in a place and of a size of its own. Linking them here puts them beside those of the
/// other devices under <c>GPUKERAS_CACHE</c>, and gives the assembler's report on registers and spills.
/// </remarks>
/// <param name="queue">The device's queue.</param>
/// <param name="deviceName">The device's name, for errors.</param>
/// <param name="info">The device and its driver, which a binary depends on beside the PTX.</param>
/// <param name="cache">Where binaries are kept.</param>
internal sealed unsafe class CudaProgram(CudaQueue queue, string deviceName, CudaInfo info, KernelCache cache)
{
    private const int PtxInput = 1;
    private const int InfoLog = 3;
    private const int InfoLogBytes = 4;
    private const int ErrorLog = 5;
    private const int ErrorLogBytes = 6;
    private const int VerboseLog = 12;
    private const int LogCapacity = 16 << 10;
    private const int MaxDynamicSharedBytes = 8;

    /// <summary>A kernel, ready to be launched.</summary>
    /// <returns>The <c>CUfunction</c>.</returns>
    public nint Build(PtxModule ptx)
    {
        queue.MakeCurrent();
        var key = KeyOf(ptx.Text);
        if (cache.Read(key) is not { } binary || !TryLoad(binary, out var module))
        {
            binary = Link(ptx);
            cache.Write(key, binary);
            if (!TryLoad(binary, out module))
                throw new DeviceException($"{deviceName}: the driver refuses its own binary of kernel '{ptx.Name}'.");
        }
        nint function;
        queue.Check(CudaDriver.ModuleGetFunction(&function, module, ptx.Name), $"cuModuleGetFunction for '{ptx.Name}'");
        if (ptx.DynamicSharedBytes > 0)
            queue.Check(
                CudaDriver.FunctionSetAttribute(function, MaxDynamicSharedBytes, ptx.DynamicSharedBytes),
                $"cuFuncSetAttribute for {ptx.DynamicSharedBytes:N0} bytes of shared memory in '{ptx.Name}'");
        return function;
    }

    /// <summary>The key of a PTX text's binary in the cache.</summary>
    public string KeyOf(string text) => KernelCache.Key("cuda", info.Platform, text);

    // A driver that refuses an old binary is not an error: the PTX is built again.
    private bool TryLoad(byte[] binary, out nint module)
    {
        nint loaded;
        fixed (byte* image = binary)
        {
            int status;
            do
                status = CudaDriver.ModuleLoadData(&loaded, image);
            while (queue.MakesRoom(status));
            module = status == CudaStatus.Success ? loaded : 0;
            if (CudaStatus.IsLost(status) || status == CudaStatus.OutOfMemory)
                queue.Check(status, "cuModuleLoadData");
            return status == CudaStatus.Success;
        }
    }

    private byte[] Link(PtxModule ptx)
    {
        var (report, errors) = (new byte[LogCapacity], new byte[LogCapacity]);
        var text = Encoding.UTF8.GetBytes(ptx.Text + "\0");
        fixed (byte* reportStart = report, errorStart = errors, textStart = text)
        {
            var options = stackalloc[] { InfoLog, InfoLogBytes, ErrorLog, ErrorLogBytes, VerboseLog };
            var values = stackalloc[] { (nint)reportStart, LogCapacity, (nint)errorStart, LogCapacity, 1 };
            nint state;
            var status = CudaDriver.LinkCreate(5, options, values, &state);
            if (status != CudaStatus.Success)
                throw BuildError(ptx, status, Text(errors));
            try
            {
                void* cubin = null;
                nuint bytes = 0;
                status = CudaDriver.LinkAddData(state, PtxInput, textStart, (nuint)text.Length, ptx.Name, 0, null, null);
                if (status == CudaStatus.Success)
                    status = CudaDriver.LinkComplete(state, &cubin, &bytes);
                if (status != CudaStatus.Success)
                    throw BuildError(ptx, status, Text(errors));
                CompilationLog.WriteReport(deviceName, ptx.Name, Text(report));
                return new ReadOnlySpan<byte>(cubin, (int)bytes).ToArray();
            }
            finally
            {
                _ = CudaDriver.LinkDestroy(state);
            }
        }
    }

    private KernelBuildException BuildError(PtxModule ptx, int status, string log) => new(
        deviceName, ptx.Name, $"{CudaStatus.NameOf(status)} ({status})",
        $"{log} {Remedy(status)}".Trim(),
        ptx.Text);

    private string Remedy(int status) => status switch
    {
        CudaStatus.UnsupportedPtxVersion =>
            $"The driver is for CUDA {CudaInfo.VersionText(info.DriverVersion)} and knows no newer PTX: install a newer driver.",
        CudaStatus.JitCompilerNotFound =>
            "The driver's library libnvidia-ptxjitcompiler is missing: containers need NVIDIA_DRIVER_CAPABILITIES=compute,utility.",
        CudaStatus.JitCompilationDisabled => "The environment variable CUDA_DISABLE_PTX_JIT forbids it: unset it.",
        _ => "",
    };

    private static string Text(byte[] log) => Encoding.UTF8.GetString(log.AsSpan(0, Math.Max(Array.IndexOf(log, (byte)0), 0)));
}
