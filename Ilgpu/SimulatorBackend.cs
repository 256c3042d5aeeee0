using ILGPU.Backends.IL;

namespace GpuKeras.Ilgpu;

/// <summary>The compiler of ILGPU's CPU accelerator, which ILGPU makes for its own accelerators only.</summary>
internal sealed class SimulatorBackend(Context context) : DefaultILBackend(context);
