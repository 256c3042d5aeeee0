using System.Reflection;

namespace GpuKeras;

/// <summary>Marks an assembly that adds kinds of devices; <c>GPUKERAS_PLUGINS</c> names such assemblies.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal abstract class DevicePluginAttribute : Attribute
{
    /// <summary>What the assembly adds, best first. Only used by name, never chosen automatically.</summary>
    public abstract IReadOnlyList<DeviceKind> Kinds { get; }

    /// <summary>The kinds of the assembly in a file.</summary>
    /// <exception cref="DeviceException">The file is no such assembly, or cannot be loaded.</exception>
    public static IReadOnlyList<DeviceKind> Load(string path)
    {
        try
        {
            return Assembly.LoadFrom(Path.GetFullPath(path)).GetCustomAttribute<DevicePluginAttribute>()?.Kinds
                ?? throw new DeviceException($"GPUKERAS_PLUGINS: must name assemblies that add devices; got '{path}', which adds none.");
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException or TypeLoadException)
        {
            throw new DeviceException(
                $"GPUKERAS_PLUGINS: '{path}' cannot be loaded: {exception.Message} Hint: build it first, from the same version of the sources.",
                exception);
        }
    }
}
