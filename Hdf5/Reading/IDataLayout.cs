namespace GpuKeras.Hdf5.Reading;

/// <summary>How the data of a dataset lies in the file.</summary>
internal interface IDataLayout
{
    /// <summary>The elements in row-major order.</summary>
    Stream Open();
}
