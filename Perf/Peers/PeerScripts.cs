using System.Globalization;

namespace GpuKeras.Perf.Peers;

/// <summary>The peers' scripts beside this program.</summary>
internal static class PeerScripts
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Peers", name);

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
