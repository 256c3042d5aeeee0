using System.Reflection;

namespace GpuKeras.Tests.Kernels.DeviceBodies;

/// <summary>The cases of all kernel families: every static <c>All</c> of the types in <c>Cases</c>.</summary>
public static class KernelCases
{
    /// <summary>Every case, in a fixed order.</summary>
    public static IEnumerable<KernelCase> All { get; } = Families()
        .SelectMany(static family => (IEnumerable<KernelCase>)family.GetProperty("All")!.GetValue(null)!)
        .ToArray();

    private static IEnumerable<Type> Families() => Assembly.GetExecutingAssembly().GetTypes()
        .Where(static type => type.Namespace == typeof(KernelCases).Namespace + ".Cases" && type.GetProperty("All") is not null)
        .OrderBy(static type => type.Name, StringComparer.Ordinal);
}
