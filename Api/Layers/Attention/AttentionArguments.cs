namespace GpuKeras.Layers;

/// <summary>What a call of <see cref="MultiHeadAttention"/> is given besides its tensors.</summary>
/// <param name="UseCausalMask">Whether each query sees only values that are not behind it.</param>
/// <param name="ReturnAttentionScores">Whether the scores are returned too.</param>
internal sealed record AttentionArguments(bool UseCausalMask, bool ReturnAttentionScores);
