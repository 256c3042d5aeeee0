using NUnit.Framework;

namespace GpuKeras.Tests.Hdf5;

/// <summary>Fixtures of HDF5 files share nothing and run side by side.</summary>
[SetUpFixture]
[Parallelizable(ParallelScope.Fixtures)]
public sealed class Hdf5Fixtures;
