using System.CommandLine;
using GpuKeras.Cli;
using GpuKeras.Cli.Commands;

var root = new RootCommand("Train neural networks in .NET on the CPU, CUDA or OpenCL.")
{
    TrainCommand.Create(),
    EvaluateCommand.Create(),
    PredictCommand.Create(),
    InspectCommand.Create(),
    DevicesCommand.Create(),
};
return ExitCodes.Guard(() => root.Parse(args).Invoke(new InvocationConfiguration
{
    // Errors are told by ExitCodes; Ctrl+C ends training after the current batch.
    EnableDefaultExceptionHandler = false,
    ProcessTerminationTimeout = null,
}));
