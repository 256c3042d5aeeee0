using System.Globalization;
using System.Reflection;
using GpuKeras.Compilation;
using NUnit.Framework;

namespace GpuKeras.Tests.Compilation;

/// <summary>Programs that were published ahead of time: there, methods have no IL, and reflection does not find all of them.</summary>
public class WithoutIlTests
{
    private static readonly MethodInfo Body = typeof(WithoutIlTests).GetMethod(nameof(Run), BindingFlags.NonPublic | BindingFlags.Static)!;

    [Test]
    public void MethodWithoutIl_IsRefusedWithTheRemedy([Values] bool throws) =>
        AssertTellsTheRemedy(() => new BodilessMethod(Body, throws), "WithoutIlTests.Run");

    [Test]
    public void MethodThatReflectionDoesNotFind_IsRefusedWithTheRemedy() =>
        AssertTellsTheRemedy(static () => throw new NotSupportedException("no reflection information"), "kernel");

    [Test]
    public void DelegateOfAMethodWithIl_IsTranslated() =>
        Assert.That(KernelCompiler.Translate((Delegate)(Action<int>)Run).Source, Is.EqualTo("WithoutIlTests.Run"));

    private static void AssertTellsTheRemedy(Func<MethodInfo> find, string what) => Assert.That(
        () => KernelCompiler.Translate(find),
        Throws.TypeOf<KernelCompilationException>().With.InnerException.Null
            .And.Message.Contains(what).And.Message.Contains("has no IL").And.Message.Contains("PublishAot=false").And.Message.Contains("'cpu'"));

    private static void Run(int argument)
    {
    }

    /// <summary>A method as reflection shows it where there is no IL.</summary>
    private sealed class BodilessMethod(MethodInfo method, bool throws) : MethodInfo
    {
        public override ICustomAttributeProvider ReturnTypeCustomAttributes => method.ReturnTypeCustomAttributes;

        public override MethodAttributes Attributes => method.Attributes;

        public override RuntimeMethodHandle MethodHandle => method.MethodHandle;

        public override Type? DeclaringType => method.DeclaringType;

        public override string Name => method.Name;

        public override Type? ReflectedType => method.ReflectedType;

        public override MethodBody? GetMethodBody() => throws ? throw new PlatformNotSupportedException() : null;

        public override MethodInfo GetBaseDefinition() => method.GetBaseDefinition();

        public override object[] GetCustomAttributes(bool inherit) => method.GetCustomAttributes(inherit);

        public override object[] GetCustomAttributes(Type attributeType, bool inherit) => method.GetCustomAttributes(attributeType, inherit);

        public override MethodImplAttributes GetMethodImplementationFlags() => method.GetMethodImplementationFlags();

        public override ParameterInfo[] GetParameters() => method.GetParameters();

        public override object? Invoke(object? obj, BindingFlags invokeAttr, Binder? binder, object?[]? parameters, CultureInfo? culture) =>
            method.Invoke(obj, invokeAttr, binder, parameters, culture);

        public override bool IsDefined(Type attributeType, bool inherit) => method.IsDefined(attributeType, inherit);
    }
}
