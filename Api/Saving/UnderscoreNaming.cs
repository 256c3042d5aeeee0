namespace GpuKeras.Saving;

/// <summary>What an underscore at the start of a C# field's name says about the attribute in Python.</summary>
internal enum UnderscoreNaming
{
    /// <summary>Nothing: it is C# style, <c>_stem</c> is Python's <c>stem</c>.</summary>
    Ignored,

    /// <summary>That Python's attribute is private as well: <c>_stem</c> is <c>_stem</c>.</summary>
    Kept,
}
