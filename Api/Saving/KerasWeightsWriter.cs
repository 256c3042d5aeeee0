using System.Globalization;
using GpuKeras.Hdf5;

namespace GpuKeras.Saving;

/// <summary>Writes a model's weights, and its optimizer's state, as Keras' HDF5 file.</summary>
internal static class KerasWeightsWriter
{
    /// <summary>Writes the file from front to back; the same values give the same bytes.</summary>
    /// <exception cref="InvalidOperationException">A weight is in no attribute, so that no path leads to it.</exception>
    public static void Write(Stream target, Model model)
    {
        var root = new Hdf5GroupBuilder();
        // Groups without variables are there as well, with the object's name: so Keras writes them.
        foreach (var node in SavedTree.Of(model))
        {
            var group = root;
            foreach (var name in node.VariablesPath.Split('/'))
                group = group.GetOrAddGroup(name);
            group.AddAttribute("name", node.Name);
            for (var i = 0; i < node.Variables.Count; i++)
                Add(group, i.ToString(CultureInfo.InvariantCulture), node.Variables[i]);
        }
        Hdf5Writer.Write(target, root);
    }

    private static void Add(Hdf5GroupBuilder group, string name, Variable variable) => group.AddDataset(
        name, TypeOf(variable.DType), [.. variable.Shape.Select(static size => (long)size)], stream => TensorStream.Write(stream, variable));

    private static Hdf5Type TypeOf(DType dtype) => dtype switch
    {
        DType.Bool => Hdf5Type.Boolean,
        DType.UInt8 => Hdf5Type.Unsigned(1),
        DType.Int32 => Hdf5Type.Int32,
        DType.Int64 => Hdf5Type.Int64,
        DType.Float64 => Hdf5Type.Float64,
        _ => Hdf5Type.Float32,
    };
}
