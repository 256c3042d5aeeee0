using GpuKeras.Hdf5;

namespace GpuKeras.Tests.Hdf5;

/// <summary>Describes what a file holds so that it can be written again.</summary>
internal static class Hdf5Copy
{
    public static Hdf5GroupBuilder Of(Hdf5Group source)
    {
        var root = new Hdf5GroupBuilder();
        Fill(root, source);
        return root;
    }

    private static void Fill(Hdf5GroupBuilder target, Hdf5Group source)
    {
        CopyAttributes(target, source);
        foreach (var member in source.Members)
        {
            var name = member.Path[(member.Path.LastIndexOf('/') + 1)..];
            if (member is Hdf5Group group)
                Fill(target.AddGroup(name), group);
            else if (member is Hdf5Dataset dataset)
                CopyAttributes(target.AddDataset(name, dataset.Type, dataset.Shape, stream =>
                {
                    using var data = dataset.OpenRead();
                    data.CopyTo(stream);
                }), dataset);
        }
    }

    private static void CopyAttributes(Hdf5ObjectBuilder target, Hdf5Object source)
    {
        foreach (var attribute in source.Attributes)
        {
            if (attribute.Type.Kind != Hdf5Kind.VariableString)
                target.AddAttribute(attribute.Name, attribute.Type, attribute.Shape, attribute.Bytes);
            else if (attribute.Shape.Count == 0)
                target.AddAttribute(attribute.Name, attribute.ReadString(), attribute.Type.CharacterSet);
            else
                target.AddAttribute(attribute.Name, attribute.ReadStrings(), attribute.Type.CharacterSet);
        }
    }
}
