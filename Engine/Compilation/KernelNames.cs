using System.Globalization;
using System.Reflection;

namespace GpuKeras.Compilation;

/// <summary>Names for compiled kernels that every device language takes.</summary>
internal static class KernelNames
{
    private const int MaxLength = 120;

    /// <summary>The name of a body's kernel: its type and method, and a number that tells instantiations apart.</summary>
    public static string Of(MethodInfo body)
    {
        var full = Failure.Name(body);
        var letters = new string([.. full.Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '_')]);
        if (letters.Length > MaxLength)
            letters = letters[..MaxLength];
        // Of the assembly-qualified names, which unlike hash codes are the same in every process.
        var number = 14695981039346656037ul;
        foreach (var c in body.ToString() + body.DeclaringType + string.Join(';', (object[])body.GetGenericArguments()))
            number = (number ^ c) * 1099511628211;
        return string.Create(CultureInfo.InvariantCulture, $"{letters.TrimEnd('_')}_{(uint)(number ^ (number >> 32)):x8}");
    }
}
