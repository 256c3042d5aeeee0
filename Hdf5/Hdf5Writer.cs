using GpuKeras.Hdf5.Writing;

namespace GpuKeras.Hdf5;

/// <summary>Writes HDF5 files.</summary>
/// <remarks>
/// The oldest form of the format, which every program reads and h5py writes by default: superblock 0, groups as symbol tables, contiguous
/// data. The same content gives the same bytes. Groups, names and attributes come first, the data of the datasets after them in the order
/// in which they were added, each written when its turn comes, so that no second copy is held.
/// </remarks>
public static class Hdf5Writer
{
    /// <summary>Writes a file from front to back.</summary>
    /// <param name="target">Where it goes; it need not be able to seek.</param>
    /// <param name="root">What the file holds.</param>
    /// <exception cref="InvalidOperationException">A dataset's callback wrote another number of bytes than the dataset has.</exception>
    public static void Write(Stream target, Hdf5GroupBuilder root)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(root);
        var plan = new FilePlan(root);
        target.Write(plan.Metadata);
        foreach (var dataset in plan.Datasets)
        {
            using (var data = new CountedStream(target, dataset.Path, dataset.ByteCount))
            {
                dataset.Write(data);
                data.RequireAll();
            }
            target.Write(new byte[FilePlan.PaddingOf(dataset.ByteCount)]);
        }
    }
}
