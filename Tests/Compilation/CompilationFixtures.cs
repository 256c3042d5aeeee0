using NUnit.Framework;

namespace GpuKeras.Tests.Compilation;

/// <summary>Fixtures of the kernel compiler run side by side; those that run what it compiled take turns at the device.</summary>
[SetUpFixture]
[Parallelizable(ParallelScope.Fixtures)]
public sealed class CompilationFixtures;
