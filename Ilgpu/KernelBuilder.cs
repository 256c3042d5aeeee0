using System.Reflection;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Runtime;

namespace GpuKeras.Ilgpu;

/// <summary>Compiles kernels apart from the accelerator that runs them.</summary>
/// <remarks>
/// A kernel that ILGPU rejects leaves half-translated methods behind in its Context, on which later kernels fail that share them. So
/// compiling has a Context of its own, which holds no memory and runs nothing, and which is thrown away after a rejection.
/// </remarks>
/// <param name="createBackend">Makes the compiler of a Context.</param>
internal sealed class KernelBuilder(Func<Context, Backend> createBackend) : IDisposable
{
    // What Target says is the compiler's, not the Context's.
    private static readonly Lock Gate = new();

    private Context? context;
    private Backend? backend;

    /// <summary>How many Contexts there have been: one, and one more for each rejection that was followed by another kernel.</summary>
    public int Contexts { get; private set; }

    /// <summary>Compiles one body.</summary>
    /// <param name="body">The twin's static method.</param>
    /// <param name="hasIndex">Whether its first parameter is an index of a launch over a count.</param>
    /// <exception cref="KernelCompilationException">ILGPU rejects it.</exception>
    public CompiledKernel Build(MethodInfo body, bool hasIndex)
    {
        try
        {
            if (backend is null)
            {
                context = IlgpuContext.Create();
                backend = createBackend(context);
                Contexts++;
            }
            lock (Gate)
            {
                FrontendRemappings.HasWarps = backend.BackendType != BackendType.OpenCL;
                return backend.Compile(
                    hasIndex ? EntryPointDescription.FromImplicitlyGroupedKernel(body) : EntryPointDescription.FromExplicitlyGroupedKernel(body),
                    KernelSpecialization.Empty);
            }
        }
        // ILGPU's compiler throws whatever it meets.
        catch (Exception exception)
        {
            Dispose();
            throw new KernelCompilationException(
                Describe(body), $"ILGPU rejects it: {Log(exception)}", "run it on one of the engine's own devices; docs/ilgpu.md tells what ILGPU lacks");
        }
    }

    /// <summary>Lets go of the current Context; the next kernel gets a new one.</summary>
    public void Dispose()
    {
        backend?.Dispose();
        context?.Dispose();
        (backend, context) = (null, null);
    }

    private static string Describe(MethodInfo body) => $"{body.DeclaringType}.{body.Name}";

    // The outermost message only says that there is an inner one.
    private static string Log(Exception exception)
    {
        var messages = new List<string>();
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
            messages.Add(cause.Message.Trim());
        messages.Reverse();
        return string.Join(" <- ", messages);
    }
}
