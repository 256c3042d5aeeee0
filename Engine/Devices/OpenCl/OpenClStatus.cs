namespace GpuKeras;

/// <summary>The codes that OpenCL functions return.</summary>
internal static class OpenClStatus
{
    public const int Success = 0;
    public const int DeviceNotFound = -1;
    public const int DeviceNotAvailable = -2;
    public const int MemObjectAllocationFailure = -4;
    public const int OutOfResources = -5;
    public const int OutOfHostMemory = -6;
    public const int BuildProgramFailure = -11;
    public const int ExecutionError = -14;
    public const int InvalidDevice = -33;
    public const int InvalidContext = -34;
    public const int InvalidCommandQueue = -36;
    public const int InvalidWorkGroupSize = -54;
    public const int InvalidBufferSize = -61;
    public const int PlatformNotFound = -1001;
    public const int IllegalAccess = -9999;

    private static readonly Dictionary<int, string> Names = new()
    {
        [-1] = "CL_DEVICE_NOT_FOUND",
        [-2] = "CL_DEVICE_NOT_AVAILABLE",
        [-3] = "CL_COMPILER_NOT_AVAILABLE",
        [-4] = "CL_MEM_OBJECT_ALLOCATION_FAILURE",
        [-5] = "CL_OUT_OF_RESOURCES",
        [-6] = "CL_OUT_OF_HOST_MEMORY",
        [-11] = "CL_BUILD_PROGRAM_FAILURE",
        [-12] = "CL_MAP_FAILURE",
        [-13] = "CL_MISALIGNED_SUB_BUFFER_OFFSET",
        [-14] = "CL_EXEC_STATUS_ERROR_FOR_EVENTS_IN_WAIT_LIST",
        [-15] = "CL_COMPILE_PROGRAM_FAILURE",
        [-17] = "CL_LINK_PROGRAM_FAILURE",
        [-30] = "CL_INVALID_VALUE",
        [-31] = "CL_INVALID_DEVICE_TYPE",
        [-32] = "CL_INVALID_PLATFORM",
        [-33] = "CL_INVALID_DEVICE",
        [-34] = "CL_INVALID_CONTEXT",
        [-35] = "CL_INVALID_QUEUE_PROPERTIES",
        [-36] = "CL_INVALID_COMMAND_QUEUE",
        [-37] = "CL_INVALID_HOST_PTR",
        [-38] = "CL_INVALID_MEM_OBJECT",
        [-42] = "CL_INVALID_BINARY",
        [-43] = "CL_INVALID_BUILD_OPTIONS",
        [-44] = "CL_INVALID_PROGRAM",
        [-45] = "CL_INVALID_PROGRAM_EXECUTABLE",
        [-46] = "CL_INVALID_KERNEL_NAME",
        [-47] = "CL_INVALID_KERNEL_DEFINITION",
        [-48] = "CL_INVALID_KERNEL",
        [-49] = "CL_INVALID_ARG_INDEX",
        [-50] = "CL_INVALID_ARG_VALUE",
        [-51] = "CL_INVALID_ARG_SIZE",
        [-52] = "CL_INVALID_KERNEL_ARGS",
        [-53] = "CL_INVALID_WORK_DIMENSION",
        [-54] = "CL_INVALID_WORK_GROUP_SIZE",
        [-55] = "CL_INVALID_WORK_ITEM_SIZE",
        [-56] = "CL_INVALID_GLOBAL_OFFSET",
        [-57] = "CL_INVALID_EVENT_WAIT_LIST",
        [-58] = "CL_INVALID_EVENT",
        [-59] = "CL_INVALID_OPERATION",
        [-61] = "CL_INVALID_BUFFER_SIZE",
        [-63] = "CL_INVALID_GLOBAL_WORK_SIZE",
        [-64] = "CL_INVALID_PROPERTY",
        [-1001] = "CL_PLATFORM_NOT_FOUND_KHR",
        // NVIDIA's own, of no header.
        [IllegalAccess] = "illegal read or write of a buffer",
    };

    /// <summary>The name of a code in the OpenCL headers.</summary>
    public static string NameOf(int code) => Names.TryGetValue(code, out var name) ? name : $"OpenCL error {code}";

    /// <summary>Whether a code says that memory ran out, and nothing else.</summary>
    public static bool IsOutOfMemory(int code) => code is MemObjectAllocationFailure or OutOfHostMemory;

    /// <summary>
    /// Whether a code, of a call on a queue that is there, says that the device is lost: it is gone, or the driver no longer knows its
    /// device, context or queue, which the engine never releases while it uses them.
    /// </summary>
    public static bool IsLost(int code) =>
        code is DeviceNotAvailable or InvalidDevice or InvalidContext or InvalidCommandQueue or IllegalAccess;

    /// <summary>
    /// Whether a code may say so: drivers give it for kernels that have failed as well as for calls that ask for too much. Only a lost
    /// device fails at whatever comes next, too.
    /// </summary>
    public static bool MayBeLost(int code) => code is OutOfResources or ExecutionError;
}
