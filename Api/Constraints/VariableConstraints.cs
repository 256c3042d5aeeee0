using System.Runtime.CompilerServices;

namespace GpuKeras.Constraints;

/// <summary>Which variable has which constraint. It lives as long as the variable and belongs to no layer or optimizer.</summary>
public static class VariableConstraints
{
    private static readonly ConditionalWeakTable<Variable, Constraint> Table = [];

    extension(Variable variable)
    {
        /// <summary>The rule that optimizers bring the variable back to after each update, or null.</summary>
        public Constraint? Constraint
        {
            get => Table.TryGetValue(variable, out var constraint) ? constraint : null;
            set
            {
                if (value is null)
                    Table.Remove(variable);
                else
                    Table.AddOrUpdate(variable, value);
            }
        }
    }
}
