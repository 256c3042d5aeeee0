namespace GpuKeras.Optimizers;

/// <summary>What an optimizer needs to change one variable.</summary>
/// <param name="Index">The variable's number in the list that the optimizer was built with; slots have the same.</param>
/// <param name="Variable">The variable, to be changed in place.</param>
/// <param name="Gradient">Its gradient, of its shape and dtype, unscaled, averaged and clipped.</param>
/// <param name="LearningRate">The learning rate of this step.</param>
/// <param name="WeightDecay">The part of the variable to take away first: weight decay times learning rate, 0 for none.</param>
public readonly record struct VariableUpdate(int Index, Variable Variable, Tensor Gradient, double LearningRate, double WeightDecay);
