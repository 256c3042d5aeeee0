using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace GpuKeras.Compilation;

/// <summary>Finds source lines in portable debug symbols, beside the assembly or inside it.</summary>
internal static class SourceLines
{
    /// <summary>The file and line of an instruction; null without symbols.</summary>
    public static string? Find(MethodBase method, int offset)
    {
        var path = method.Module.FullyQualifiedName;
        if (!File.Exists(path))
            return null;
        try
        {
            using var image = new PEReader(File.OpenRead(path));
            static Stream? Open(string pdb) => File.Exists(pdb) ? File.OpenRead(pdb) : null;
            if (!image.TryOpenAssociatedPortablePdb(path, Open, out var symbols, out _))
                return null;
            using (symbols)
                return Find(symbols!.GetMetadataReader(), method.MetadataToken, offset);
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException or UnauthorizedAccessException)
        {
            // Symbols that cannot be read are as good as none: the message goes without a line.
            return null;
        }
    }

    private static string? Find(MetadataReader reader, int token, int offset)
    {
        var handle = ((MethodDefinitionHandle)MetadataTokens.EntityHandle(token)).ToDebugInformationHandle();
        SequencePoint? found = null;
        foreach (var point in reader.GetMethodDebugInformation(handle).GetSequencePoints())
        {
            if (point.Offset <= offset && !point.IsHidden)
                found = point;
        }
        return found is { } line
            ? $"{Path.GetFileName(reader.GetString(reader.GetDocument(line.Document).Name))}:{line.StartLine}"
            : null;
    }
}
