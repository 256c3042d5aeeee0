using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;

namespace GpuKeras.Tests.Support;

/// <summary>A second copy of the engine in the process, which starts afresh with other environment variables.</summary>
/// <remarks>The engine reads its variables and looks for devices once; a copy of its assemblies does so again.</remarks>
/// <param name="environment">The variables.</param>
internal sealed class EngineCopy(IReadOnlyDictionary<string, string> environment) : AssemblyLoadContext("engine copy")
{
    /// <summary>Runs a lambda without captured variables in the copy: what it names is the copy's.</summary>
    public void Run(Action body)
    {
        var before = environment.Keys.ToDictionary(static name => name, Environment.GetEnvironmentVariable);
        try
        {
            foreach (var (name, value) in environment)
                Environment.SetEnvironmentVariable(name, value);
            var method = LoadFromAssemblyName(typeof(EngineCopy).Assembly.GetName()).ManifestModule.ResolveMethod(body.Method.MetadataToken)!;
            method.Invoke(method.IsStatic ? null : Activator.CreateInstance(method.DeclaringType!, nonPublic: true), null);
        }
        catch (TargetInvocationException exception)
        {
            ExceptionDispatchInfo.Capture(exception.InnerException!).Throw();
        }
        finally
        {
            foreach (var (name, value) in before)
                Environment.SetEnvironmentVariable(name, value);
        }
    }

    /// <summary>The project's own assemblies are loaded again; all others are shared.</summary>
    protected override Assembly? Load(AssemblyName assemblyName) => assemblyName.Name!.StartsWith("GpuKeras", StringComparison.Ordinal)
        ? LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll"))
        : null;
}
