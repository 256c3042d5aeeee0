using GpuKeras.Kernels;

namespace GpuKeras.Tests.Support.Ptx;

/// <summary>Runs PTX kernels over host memory, one item after the other, and fails where a real device would be undefined.</summary>
/// <remarks>
/// Faults that it finds: accesses outside of the registered buffers or declared arrays, misaligned ones, races, barriers that not all
/// items of a group reach, warp instructions that not all lanes reach. Registers and memory that nobody wrote hold garbage.
/// </remarks>
public sealed class PtxMachine
{
    /// <summary>The global memory.</summary>
    public PtxBuffers Buffers { get; } = new();

    /// <summary>The arguments of the launch that runs.</summary>
    internal PtxBlock Arguments { get; private set; } = null!;

    /// <summary>Runs a kernel to its end.</summary>
    /// <param name="program">The kernel.</param>
    /// <param name="config">The geometry.</param>
    /// <param name="arguments">The bytes of each parameter.</param>
    public void Launch(PtxProgram program, KernelConfig config, params byte[][] arguments)
    {
        var parameters = program.Text.Parameters;
        var (given, needed) = (arguments.Select(static a => a.Length), parameters.Select(static parameter => parameter.Variable.Bytes));
        if (!given.SequenceEqual(needed))
        {
            throw new PtxException(
                $"{program.Text.Name}: needs arguments of {string.Join(", ", needed)} bytes; got {string.Join(", ", given)}");
        }
        if (config.GroupSize > program.Text.MaxGroupSize)
            throw new PtxException($"{program.Text.Name}: a group has at most {program.Text.MaxGroupSize} items; got {config}");
        Arguments = new PtxBlock(program.Text, "param");
        for (var i = 0; i < arguments.Length; i++)
            Arguments.Set(parameters[i].Variable, arguments[i]);
        Buffers.StartLaunch();
        for (var z = 0; z < config.Grid.Z; z++)
        {
            for (var y = 0; y < config.Grid.Y; y++)
            {
                for (var x = 0; x < config.Grid.X; x++)
                    new PtxGroup(this, program, config, new(x, y, z)).Run();
            }
        }
    }
}
