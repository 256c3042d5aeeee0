using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Hdf5;

/// <summary>The HDF5 library, through h5py and hdf5_reference.py.</summary>
internal static class Hdf5Reference
{
    /// <summary>Runs the script.</summary>
    public static string Run(params string[] arguments) =>
        Python.Run("h5py", "python3-h5py", [Repository.PathOf("Tests", "Hdf5", "hdf5_reference.py"), .. arguments]);

    /// <summary>What h5py finds in a file, a line for each group, dataset and attribute.</summary>
    public static string[] List(string path) => Run("list", path).Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
}
