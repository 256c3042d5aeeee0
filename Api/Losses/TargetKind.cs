namespace GpuKeras.Losses;

/// <summary>What targets are, judged by their shape and that of the predictions.</summary>
internal enum TargetKind
{
    /// <summary>Yes or no: one number for each prediction of one number.</summary>
    Binary,

    /// <summary>Class numbers: one for each row of predictions.</summary>
    ClassNumbers,

    /// <summary>A number for each class.</summary>
    OneHot,
}
