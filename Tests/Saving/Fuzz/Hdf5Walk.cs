using GpuKeras.Hdf5;

namespace GpuKeras.Tests.Saving.Fuzz;

/// <summary>Reads everything that an HDF5 file holds, and keeps none of it.</summary>
internal static class Hdf5Walk
{
    public static void Read(byte[] bytes)
    {
        using var file = Hdf5File.Open(new MemoryStream(bytes), "fuzz.h5");
        var piece = new byte[4096];
        Read(file.Root, piece);
    }

    private static void Read(Hdf5Object item, byte[] piece)
    {
        foreach (var attribute in item.Attributes)
            if (attribute.Type.Kind is Hdf5Kind.FixedString or Hdf5Kind.VariableString)
                attribute.ReadStrings();
        if (item is Hdf5Dataset dataset)
        {
            using var data = dataset.OpenRead();
            while (data.Read(piece) > 0)
            {
            }
            if (dataset.Type.Kind is Hdf5Kind.FixedString or Hdf5Kind.VariableString)
                dataset.ReadStrings();
        }
        else if (item is Hdf5Group group)
            foreach (var member in group.Members)
                Read(member, piece);
    }
}
