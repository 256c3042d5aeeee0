using GpuKeras.Compilation;
using GpuKeras.Kernels;

namespace GpuKeras.Tests.Support.Ptx;

/// <summary>Counts how often each instruction of the kernels that are launched runs.</summary>
internal sealed class PtxTally
{
    /// <summary>What was launched, in order, with each instruction's number of runs by all items.</summary>
    public List<(KernelConfig Config, PtxModule Module, PtxText Text, long[] Runs)> Launches { get; } = [];

    /// <summary>A program of a module that counts its next launch.</summary>
    public PtxProgram Watch(PtxModule module, KernelConfig config)
    {
        var program = new PtxProgram(module.Text);
        var runs = new long[program.Text.Instructions.Count];
        for (var i = 0; i < runs.Length; i++)
        {
            var (number, step) = (i, program.Code[i]);
            program.Code[i] = item =>
            {
                runs[number]++;
                step(item);
            };
        }
        Launches.Add((config, module, program.Text, runs));
        return program;
    }
}
