namespace GpuKeras.Ilgpu;

/// <summary>Says to the engine what this assembly adds.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class IlgpuPluginAttribute : DevicePluginAttribute
{
    /// <inheritdoc/>
    public override IReadOnlyList<DeviceKind> Kinds => IlgpuSearch.Kinds;
}
