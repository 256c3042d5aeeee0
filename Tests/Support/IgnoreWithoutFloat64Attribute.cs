using GpuKeras.Tests.Support;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

[assembly: IgnoreWithoutFloat64]

namespace GpuKeras.Tests.Support;

/// <summary>Ignores a test that asks a device for float64 which it lacks, with the device's words: it can say nothing of that device.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class IgnoreWithoutFloat64Attribute : Attribute, ITestAction
{
    /// <inheritdoc/>
    public ActionTargets Targets => ActionTargets.Test;

    /// <inheritdoc/>
    public void BeforeTest(ITest test)
    {
    }

    /// <inheritdoc/>
    public void AfterTest(ITest test)
    {
        var result = TestExecutionContext.CurrentContext.CurrentResult;
        if (result.ResultState.Status == TestStatus.Failed && result.Message.Contains(CompiledDevice.LacksFloat64, StringComparison.Ordinal))
            result.SetResult(ResultState.Ignored, result.Message);
    }
}
