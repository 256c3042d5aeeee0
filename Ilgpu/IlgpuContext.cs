namespace GpuKeras.Ilgpu;

/// <summary>Makes ILGPU's Contexts with the settings that all of them share.</summary>
internal static class IlgpuContext
{
    /// <summary>A Context that compiles as well as ILGPU can, with the functions of ILGPU.Algorithms.</summary>
    /// <param name="configure">Adds devices, if any.</param>
    public static Context Create(Action<Context.Builder>? configure = null)
    {
        FrontendRemappings.Install();
        var context = Context.Create(builder =>
        {
            // By default pointers are generic, which is slower; at O2 ILGPU infers where they point.
            builder.Optimize(OptimizationLevel.O2).EnableAlgorithms();
            configure?.Invoke(builder);
        });
        FrontendTypes.AddTo(context);
        RuntimeAccess.Grant(context);
        return context;
    }
}
