namespace GpuKeras.Metrics;

/// <summary>The harmonic mean of precision and recall: <see cref="FBetaScore"/> with β = 1, whose formula and shapes it has.</summary>
/// <param name="average"><c>micro</c>, <c>macro</c> or <c>weighted</c> makes the classes' scores one number; null keeps them all.</param>
/// <param name="threshold">What a positive prediction lies above; by default the largest prediction of a sample is positive.</param>
/// <param name="name">The name in logs.</param>
public sealed class F1Score(string? average = null, double? threshold = null, string? name = "f1_score")
    : FBetaScore(average, beta: 1, threshold, name);
