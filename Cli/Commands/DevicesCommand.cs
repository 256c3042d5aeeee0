using System.CommandLine;
using Spectre.Console;

namespace GpuKeras.Cli.Commands;

/// <summary><c>devices</c>: what this machine can train on, and why not on the rest.</summary>
internal static class DevicesCommand
{
    public static Command Create()
    {
        var command = new Command("devices", "List the devices of this machine, and why the others are absent.");
        command.SetAction(static _ => Run());
        return command;
    }

    private static int Run()
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns("Device", "Capabilities");
        foreach (var device in Device.List())
            table.AddRow(Markup.Escape(device.Name), Markup.Escape(device.Description));
        foreach (var absent in Device.Absent())
            table.AddRow(Markup.Escape(absent.Kind), "absent: " + Markup.Escape(absent.Reason));
        AnsiConsole.Write(table);
        return ExitCodes.Success;
    }
}
