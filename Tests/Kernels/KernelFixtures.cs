using NUnit.Framework;

namespace GpuKeras.Tests.Kernels;

/// <summary>Fixtures of kernels run side by side. One that uses a real device, or changes what the whole program shares, is <c>NonParallelizable</c>.</summary>
[SetUpFixture]
[Parallelizable(ParallelScope.Fixtures)]
public sealed class KernelFixtures;
