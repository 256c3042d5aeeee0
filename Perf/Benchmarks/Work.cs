namespace GpuKeras.Perf.Benchmarks;

/// <summary>What one call of a benchmark at least has to do.</summary>
/// <param name="Flops">Multiplications and additions; 0 where they do not matter.</param>
/// <param name="Bytes">Bytes read and written, each once; 0 where they do not matter.</param>
internal readonly record struct Work(double Flops, double Bytes);
