namespace GpuKeras.Hdf5.Reading;

/// <summary>An address in the file, and where in the file it was read: each part of a file is pointed to from one place.</summary>
/// <param name="Address">Bytes from the file's base address.</param>
/// <param name="From">The address of the pointer itself.</param>
internal readonly record struct FilePointer(long Address, long From);
