namespace GpuKeras.Compilation;

/// <summary>
/// Makes translated code small, so that a device's own compiler is done with it quickly. Real optimisation is that compiler's.
/// </summary>
internal static class Optimizer
{
    /// <summary>Runs all passes.</summary>
    public static void Run(KernelFunction function)
    {
        DeadCode.Remove(function);
        ConvertedArguments.Find(function);
        BlockLayout.Simplify(function);
        Copies.Propagate(function);
        DeadCode.Remove(function);
        var used = function.Instructions.SelectMany(static instruction => instruction.Operands).OfType<Register>().ToHashSet();
        function.Arguments.RemoveAll(argument => argument.Kind != ArgumentKind.Count && !used.Contains(argument.Register));
    }
}
