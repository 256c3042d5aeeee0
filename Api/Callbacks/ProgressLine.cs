using System.Globalization;
using System.Text;

namespace GpuKeras.Callbacks;

/// <summary>One progress line in Keras' form, drawn over itself on a terminal and written once when output is redirected.</summary>
/// <remarks>After <c>keras.utils.Progbar</c>, except that a value is shown as the logs give it: they hold running means already.</remarks>
internal sealed class ProgressLine(TextWriter output, bool isTerminal, TimeProvider clock, int verbose)
{
    private const int Cells = 20;
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(50);

    private readonly long start = clock.GetTimestamp();
    private readonly StringBuilder text = new();
    private long? afterFirstStep;
    private long? lastDrawn;
    private int previousWidth;
    private int width;

    /// <summary>Shows that a number of steps is done; reads the logs only if it draws.</summary>
    /// <param name="done">The number of steps done.</param>
    /// <param name="target">The number of all steps, if it is known.</param>
    /// <param name="logs">The values so far.</param>
    public void Update(int done, int? target, Logs? logs)
    {
        var now = clock.GetTimestamp();
        var secondsPerStep = SecondsPerStep(done, now);
        if (verbose != 1 || !isTerminal || (lastDrawn is { } last && clock.GetElapsedTime(last, now) < RedrawInterval))
            return;
        Draw(done, target, logs, secondsPerStep, now, isLast: false);
        lastDrawn = now;
    }

    /// <summary>Shows the last state and ends the line.</summary>
    /// <param name="steps">The number of all steps.</param>
    /// <param name="logs">The final values.</param>
    public void Finish(int steps, Logs? logs)
    {
        var now = clock.GetTimestamp();
        var secondsPerStep = SecondsPerStep(steps, now);
        if (verbose == 1)
            Draw(steps, steps, logs, secondsPerStep, now, isLast: true);
        else
            WriteLine(steps, logs, secondsPerStep, now);
    }

    private void Draw(int done, int? target, Logs? logs, double secondsPerStep, long now, bool isLast)
    {
        text.Clear();
        width = 0;
        if (isTerminal)
            text.Append('\b', previousWidth).Append('\r');
        if (target is > 0 and { } all)
            AppendBar(done, all);
        else
            Append(done.ToString(CultureInfo.InvariantCulture).PadLeft(7) + "/Unknown");
        Append(" ");
        var elapsed = clock.GetElapsedTime(start, now).TotalSeconds;
        AppendStyled(target is { } total && !isLast ? Remaining(secondsPerStep * (total - done)) : Seconds(elapsed), "\e[1m");
        Append(StepTime(secondsPerStep));
        AppendValues(logs);
        if (isTerminal && previousWidth > width)
            text.Append(' ', previousWidth - width);
        if (isLast)
            text.Append('\n');
        previousWidth = width;
        output.Write(text.ToString());
        output.Flush();
    }

    private void WriteLine(int steps, Logs? logs, double secondsPerStep, long now)
    {
        text.Clear();
        var elapsed = Seconds(clock.GetElapsedTime(start, now).TotalSeconds);
        Append(string.Create(CultureInfo.InvariantCulture, $"{steps}/{steps} - {elapsed} -{StepTime(secondsPerStep)}"));
        AppendValues(logs);
        output.Write(text.Append('\n').ToString());
        output.Flush();
    }

    private void AppendBar(int done, int all)
    {
        var total = all.ToString(CultureInfo.InvariantCulture);
        AppendStyled($"{done.ToString(CultureInfo.InvariantCulture).PadLeft(total.Length)}/{total}", "\e[1m");
        Append(" ");
        var filled = (int)Math.Clamp((long)Cells * done / all, 0, Cells);
        if (filled > 0)
            AppendStyled(new string('━', filled), "\e[32m");
        // Written even when empty, as Keras does.
        AppendStyled(new string('━', Cells - filled), "\e[37m");
    }

    // Values of the batches first, then those of the validation, as they come in.
    private void AppendValues(Logs? logs)
    {
        if (logs is null)
            return;
        for (var pass = 0; pass < 2; pass++)
            foreach (var name in logs.Keys)
                if (name.StartsWith("val_", StringComparison.Ordinal) == (pass == 1))
                    Append($" - {name}: {Value(logs[name])}");
    }

    private void Append(string part)
    {
        text.Append(part);
        width += part.Length;
    }

    private void AppendStyled(string part, string style)
    {
        if (isTerminal)
            text.Append(style).Append(part).Append("\e[0m");
        else
            text.Append(part);
        width += part.Length;
    }

    // The first step warms up and is left out once there are others.
    private double SecondsPerStep(int done, long now)
    {
        if (done == 0)
            return 0;
        var seconds = afterFirstStep is { } first && done > 1
            ? clock.GetElapsedTime(first, now).TotalSeconds / (done - 1)
            : clock.GetElapsedTime(start, now).TotalSeconds / done;
        if (done == 1)
            afterFirstStep = now;
        return seconds;
    }

    private static string Value(double value) => value switch
    {
        double.NaN => "nan",
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        _ => value.ToString(Math.Abs(value) > 1e-3 ? "F4" : "0.0000e+00", CultureInfo.InvariantCulture),
    };

    private static string StepTime(double seconds) => seconds switch
    {
        >= 1 or 0 => $" {Rounded(seconds)}s/step",
        >= 1e-3 => $" {Rounded(seconds * 1e3)}ms/step",
        _ => $" {Rounded(seconds * 1e6)}us/step",
    };

    private static string Remaining(double seconds)
    {
        var whole = (long)seconds;
        return seconds switch
        {
            > 3600 => string.Create(CultureInfo.InvariantCulture, $"{whole / 3600}:{whole % 3600 / 60:00}:{whole % 60:00}"),
            > 60 => string.Create(CultureInfo.InvariantCulture, $"{whole / 60}:{whole % 60:00}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{whole}s"),
        };
    }

    private static string Seconds(double seconds) => Rounded(seconds) + "s";

    private static string Rounded(double value) => Math.Round(value).ToString("F0", CultureInfo.InvariantCulture);
}
