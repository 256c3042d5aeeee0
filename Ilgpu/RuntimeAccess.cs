using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace GpuKeras.Ilgpu
{
    /// <summary>Lets what ILGPU emits use the kernels' types, of which many are internal and some are private.</summary>
    /// <remarks>As with <see cref="FrontendTypes"/>, ILGPU has no door for it: its documentation asks for internal types at least.</remarks>
    internal static class RuntimeAccess
    {
        /// <summary>Lifts the restriction for the assembly that a Context emits its launchers into.</summary>
        public static void Grant(Context context) => Assembly(context.RuntimeSystem).SetCustomAttribute(new(
            typeof(IgnoresAccessChecksToAttribute).GetConstructors()[0], [typeof(RuntimeAccess).Assembly.GetName().Name!]));

        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "assemblyBuilder")]
        private static extern ref AssemblyBuilder Assembly(RuntimeSystem system);
    }
}

namespace System.Runtime.CompilerServices
{
    /// <summary>.NET heeds this attribute by its name, on any assembly, and leaves it to programs to declare it.</summary>
    /// <param name="assemblyName">Whose types may be used, whatever their accessibility.</param>
    [AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
    internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
    {
        /// <summary>Whose types may be used, whatever their accessibility.</summary>
        public string AssemblyName { get; } = assemblyName;
    }
}
