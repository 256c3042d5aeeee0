using System.Runtime.InteropServices;

namespace GpuKeras;

/// <summary>The codes that CUDA functions return.</summary>
internal static unsafe class CudaStatus
{
    public const int Success = 0;
    public const int InvalidValue = 1;
    public const int OutOfMemory = 2;
    public const int Deinitialized = 4;
    public const int JitCompilerNotFound = 221;
    public const int UnsupportedPtxVersion = 222;
    public const int JitCompilationDisabled = 223;

    /// <summary>The name of a code in the CUDA headers, as the driver gives it.</summary>
    public static string NameOf(int code)
    {
        byte* name = null;
        return CudaDriver.GetErrorName(code, &name) == Success && name != null
            ? Marshal.PtrToStringUTF8((nint)name)!
            : $"CUDA error {code}";
    }

    /// <summary>What a code means in the driver's words.</summary>
    public static string TextOf(int code)
    {
        byte* text = null;
        return CudaDriver.GetErrorString(code, &text) == Success && text != null ? Marshal.PtrToStringUTF8((nint)text)! : "unknown error";
    }

    /// <summary>
    /// Whether the code says that the context is dead: a kernel accessed memory that is not there, trapped, failed an assertion, or ran
    /// for too long, or the hardware has failed. Every later call in the process gives the same code.
    /// </summary>
    /// <remarks>
    /// By the headers: 214 memory error, 220 NVLink error, 226 contained error, 700 illegal address, 702 timeout, 709 destroyed context,
    /// 710 assertion, 714 … 719 kernel failures, 721 tensor memory.
    /// </remarks>
    public static bool IsLost(int code) => code is 214 or 220 or 226 or 700 or 702 or 709 or 710 or (>= 714 and <= 719) or 721;
}
