namespace GpuKeras.Kernels;

/// <summary>What kernels use of a view that ILGPU's lacks.</summary>
/// <remarks>
/// The members that only host bodies and launching code use are there so that the files compile: both run from GpuKeras.Kernels, not here.
/// </remarks>
internal static unsafe class ArrayViewMembers
{
    extension<T>(ArrayView<T> view)
        where T : unmanaged
    {
        /// <summary>The address of the first element.</summary>
        public T* Pointer
        {
            get
            {
                // Its simulator ends the process where an index lies outside, as 0 does in an empty view.
                if (Target.IsSimulator && view.Length == 0)
                    return null;
                // Where ILGPU simulates there is nothing to pin, and on a device this is an address computation.
                fixed (T* address = &view[0])
                    return address;
            }
        }

        /// <summary>For launching code only.</summary>
        public nint Handle => throw HostOnly();

        /// <summary>For launching code only.</summary>
        public long Offset => throw HostOnly();

        /// <summary>For host bodies only.</summary>
        public Span<T> Span => throw HostOnly();
    }

    private static NotSupportedException HostOnly() => new("ILGPU: host bodies and launching code run from GpuKeras.Kernels.");
}
