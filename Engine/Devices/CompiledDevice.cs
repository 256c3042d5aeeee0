using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GpuKeras.Compilation;
using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>A device that runs compiled device bodies from an in-order queue: what OpenCL, CUDA and the null device share.</summary>
/// <remarks>
/// Work is queued and done in order, so memory that the host hands back may be reused by later work at once: whatever still reads
/// it comes first. One thread at a time queues; the others wait.
/// </remarks>
internal abstract class CompiledDevice : Device, ILauncher, ITrialQueue
{
    /// <summary>The items of a group in launches that only give a count. One size, as compilers may build a kernel once for each.</summary>
    private protected const int AutoGroupSize = 256;

    /// <summary>What the error of a kernel says that computes in float64 where there is none.</summary>
    internal const string LacksFloat64 = "computes in float64, which the device lacks";

    private readonly Lock gate = new();
    private readonly Dictionary<object, DeviceKernel> kernels = new(ReferenceEqualityComparer.Instance);
    private readonly List<Storage> scratch = [];
    private readonly FaultReports faults;
    private readonly Lazy<Tuner?> ownTuner;
    private DeviceProfile? roundingProfile;
    private bool isTrying;
    private long launches;

    private protected CompiledDevice(string name, string kind, string description)
        : base(name, kind, description)
    {
        faults = new FaultReports(this);
        ownTuner = new(() => Platform is { } platform ? Tuner.For(name, platform) : null);
    }

    /// <inheritdoc/>
    public DeviceProfile Profile
    {
        get
        {
            var precision = MatMulPrecision;
            if (precision == MatMulPrecision.Float32 || !Traits.HasMatrixUnits)
                return Traits;
            var profile = roundingProfile;
            return profile?.MatMulPrecision == precision ? profile : roundingProfile = Traits with { MatMulPrecision = precision };
        }
    }

    /// <summary>The profile apart from what the program allows; fixed where there are matrix units.</summary>
    private protected abstract DeviceProfile Traits { get; }

    /// <summary>
    /// The device, its driver and their versions: what compiled kernels and measured times depend on. Null for a device that runs nothing.
    /// </summary>
    private protected virtual string? Platform => null;

    /// <summary>What chooses between the ways to compute something; null for the one that <c>GPUKERAS_TUNE</c> asks for.</summary>
    internal Tuner? OtherTuner { get; set; }

    /// <summary>How many launches have been queued, without those that only measure.</summary>
    internal long LaunchCount { get; private set; }

    /// <summary>The kernel that is being queued, for errors and logs.</summary>
    private protected string CurrentKernel { get; private set; } = "";

    /// <summary>Kernels count elements in 32 bits: on GPUs these are much faster than 64.</summary>
    internal sealed override long MaxTensorElements => int.MaxValue;

    /// <inheritdoc/>
    public sealed override void Synchronize()
    {
        lock (gate)
        {
            Finish();
            faults.ThrowIfReported();
        }
    }

    /// <inheritdoc/>
    public void Launch<TArguments>(long count, Action<Index1D, TArguments> body, in TArguments arguments)
        where TArguments : struct
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, int.MaxValue);
        if (count == 0)
            return;
        var items = Math.Min(AutoGroupSize, Profile.MaxGroupSize);
        var kernel = KernelOf(body, items);
        // A power of two, so that the last group ends at 2³¹ at most: indices stay within Int32.
        if (kernel.AdvisedGroupSize < items)
            items = 1 << BitOperations.Log2((uint)kernel.AdvisedGroupSize);
        Launch(kernel, KernelConfig.Linear((int)((count + items - 1) / items), items), (int)count, body, arguments);
    }

    /// <inheritdoc/>
    public void Launch<TArguments>(KernelConfig config, Action<TArguments> body, in TArguments arguments)
        where TArguments : struct
    {
        if (config.IsEmpty)
            return;
        RequireGroup(config, Profile.MaxGroupSize, "choose the group's size by DeviceProfile.MaxGroupSize");
        Launch(KernelOf(body, config.GroupSize), config, 0, body, arguments);
    }

    /// <inheritdoc/>
    public int Choose<TTunable>(in TTunable tunable)
        where TTunable : struct, ITunable => (OtherTuner ?? ownTuner.Value)?.Choose(tunable, this) ?? 0;

    /// <inheritdoc/>
    void ITrialQueue.Try<TTunable>(in TTunable tunable, int candidate)
    {
        var (taken, before) = (scratch.Count, launches);
        isTrying = true;
        try
        {
            tunable.Try(this, candidate);
        }
        finally
        {
            isTrying = false;
            ReleaseScratch(taken);
        }
        // Nothing is faster than to do nothing.
        if (launches == before)
            throw new DeviceException($"{Name}: a trial must queue a launch; got none from '{TTunable.Candidates[candidate]}' of {TTunable.Family}.");
    }

    /// <inheritdoc/>
    void ITrialQueue.Finish() => Finish();

    /// <inheritdoc/>
    public ArrayView<T> Scratch<T>(long length)
        where T : unmanaged
    {
        var storage = Memory.RentScratch(length * Unsafe.SizeOf<T>());
        scratch.Add(storage);
        return new(storage.Handle, 0, length);
    }

    /// <inheritdoc/>
    public FaultCell Fault(Func<long, long, Exception> describe) => faults.Register(describe);

    /// <summary>Queues a kernel's device body.</summary>
    internal void RunDevice<TKernel>(in TKernel kernel)
        where TKernel : struct, IKernel
    {
        lock (gate)
        {
            CurrentKernel = TKernel.Name;
            try
            {
                if (EngineOptions.Validate)
                    RunAndValidate(kernel);
                else
                    kernel.RunDevice(this);
            }
            finally
            {
                ReleaseScratch(0);
            }
        }
    }

    internal sealed override void Upload(ReadOnlySpan<byte> source, Storage target, long offsetBytes)
    {
        if (source.IsEmpty)
            return;
        lock (gate)
            Write(target.Handle, offsetBytes, source);
    }

    internal sealed override void Download(Storage source, long offsetBytes, Span<byte> target)
    {
        if (target.IsEmpty)
            return;
        lock (gate)
        {
            Read(source.Handle, offsetBytes, target);
            faults.ThrowIfReported();
        }
    }

    /// <summary>Compiles a body and loads it; called once for each body.</summary>
    /// <param name="body">A delegate of a static method: <c>(Index1D, arguments)</c> or <c>(arguments)</c>.</param>
    /// <param name="groupSize">The items of a group in the launch that it is compiled for; one with more compiles it again.</param>
    private protected abstract DeviceKernel Compile(Delegate body, int groupSize);

    /// <summary>Fails where a kernel needs more than the device gives to any launch, or numbers that it lacks.</summary>
    /// <param name="function">The kernel.</param>
    /// <param name="sharedBytes">The shared memory that its code has.</param>
    /// <exception cref="LaunchLimitException">It needs more than the device gives.</exception>
    /// <exception cref="DeviceException">It computes in float64, and the device does not.</exception>
    internal void RequireWithinLimits(KernelFunction function, long sharedBytes)
    {
        if (function.UsesFloat64 && !Profile.HasFloat64)
        {
            throw new DeviceException(
                $"{Name}: kernel '{CurrentKernel}' ({function.Source}): {LacksFloat64}. " +
                "Hint: use float32, or a device whose description does not say 'no float64'.");
        }
        var argumentBytes = function.ArgumentBytes;
        if (argumentBytes > Profile.MaxArgumentBytes)
        {
            throw new LaunchLimitException(
                Name, function.Source, "the bytes of its arguments", Profile.MaxArgumentBytes, argumentBytes,
                "pass a table through a view, or choose a variant by DeviceProfile.MaxArgumentBytes");
        }
        if (sharedBytes > Profile.SharedMemoryBytes)
        {
            throw new LaunchLimitException(
                Name, function.Source, "the bytes of a group's shared memory", Profile.SharedMemoryBytes, sharedBytes,
                "use smaller tiles, or choose a variant by DeviceProfile.SharedMemoryBytes");
        }
    }

    /// <summary>Hands what the pool holds back to the driver, for a call that found no memory.</summary>
    /// <returns>Whether there was any, so that the call is worth repeating.</returns>
    internal bool MakeRoom()
    {
        if (Memory.PooledBytes == 0)
            return false;
        Finish();
        Memory.Trim();
        return true;
    }

    /// <summary>Waits for the queue.</summary>
    internal abstract void Finish();

    /// <summary>Waits for the work before it, then copies device memory to the host.</summary>
    internal abstract void Read(nint handle, long offsetBytes, Span<byte> target);

    /// <summary>Queues a copy of host memory and returns when the source may be reused.</summary>
    internal abstract void Write(nint handle, long offsetBytes, ReadOnlySpan<byte> source);

    // The queue is in order: whoever rents these next runs after what uses them now.
    private void ReleaseScratch(int first)
    {
        for (var i = first; i < scratch.Count; i++)
            scratch[i].Release();
        scratch.RemoveRange(first, scratch.Count - first);
    }

    private void RunAndValidate<TKernel>(in TKernel kernel)
        where TKernel : struct, IKernel
    {
        using var validation = new LaunchValidation(this, TKernel.Name, kernel);
        kernel.RunDevice(this);
        validation.Compare();
    }

    private DeviceKernel KernelOf(Delegate body, int groupSize)
    {
        if (!kernels.TryGetValue(body, out var kernel) || !kernel.Takes(groupSize))
            kernels[body] = kernel = Compile(body, groupSize);
        return kernel;
    }

    private void Launch<TArguments>(DeviceKernel kernel, in KernelConfig config, int count, Delegate body, in TArguments arguments)
        where TArguments : struct
    {
        RequireGroup(config, kernel.MaxGroupSize, "OpenCL passes the values of Warp's methods through an array of that length: use smaller groups");
        var bytes = MemoryMarshal.CreateReadOnlySpan(
            ref Unsafe.As<TArguments, byte>(ref Unsafe.AsRef(in arguments)), Unsafe.SizeOf<TArguments>());
        launches++;
        if (isTrying)
        {
            kernel.Enqueue(config, count, bytes);
            return;
        }
        LaunchCount++;
        if (EngineOptions.Debug >= 2)
            Log(kernel, config, count, body, bytes, arguments);
        else
            kernel.Enqueue(config, count, bytes);
        if (EngineOptions.Synchronous)
            Synchronize();
    }

    private void RequireGroup(in KernelConfig config, int most, string remedy)
    {
        if (config.GroupSize > most)
            throw new LaunchLimitException(Name, $"{CurrentKernel}, {config}", "a group's items", most, config.GroupSize, remedy);
    }

    private void Log(DeviceKernel kernel, in KernelConfig config, int count, Delegate body, ReadOnlySpan<byte> bytes, object arguments)
    {
        Finish();
        var started = Stopwatch.GetTimestamp();
        kernel.Enqueue(config, count, bytes);
        Finish();
        var elapsed = Stopwatch.GetElapsedTime(started);
        // An item for each index reads and writes each element about once; what groups do with theirs is not known.
        var memoryBytes = count > 0 ? KernelViews.In(arguments).Sum(static view => view.SizeBytes) : 0;
        LaunchLog.Write(this, $"{CurrentKernel}.{body.Method.Name}", elapsed, memoryBytes, config);
    }
}
