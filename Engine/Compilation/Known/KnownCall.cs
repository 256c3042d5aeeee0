using System.Reflection;

namespace GpuKeras.Compilation;

/// <summary>A call of a method that the compiler knows by itself.</summary>
/// <param name="Translation">The kernel.</param>
/// <param name="Caller">The calling method.</param>
/// <param name="Method">The called method.</param>
/// <param name="Arguments">Its arguments, <c>this</c> first.</param>
/// <param name="Name">The call's name, for variables that it makes.</param>
internal sealed record KnownCall(
    Translation Translation, MethodTranslator Caller, MethodBase Method, StackValue[] Arguments, ulong Name)
{
    /// <summary>Writes instructions.</summary>
    public CodeBuilder Code => Translation.Code;

    /// <summary>What the method returns.</summary>
    public Type Result => ((MethodInfo)Method).ReturnType;

    /// <summary>The method's, or else its type's, generic arguments.</summary>
    public Type[] Generic => Method.IsGenericMethod ? Method.GetGenericArguments() : Method.DeclaringType!.GetGenericArguments();

    /// <summary>The register type of the result.</summary>
    public IrType ResultType => PrimitiveTypes.KindOf(Result)!.Value.Register();

    /// <summary>An argument that is a number or an address.</summary>
    public Value Scalar(int argument) => Translation.Scalar(Arguments[argument]);

    /// <summary>An argument that must be a constant.</summary>
    /// <param name="argument">Its number.</param>
    /// <param name="what">What it is, for the message.</param>
    public Constant Constant(int argument, string what) => Arguments[argument] as Constant ?? throw Fail(
        $"{what} is not a constant",
        "use a constant, or the variable of a loop that starts with Unroll.From and runs to a constant");

    /// <summary>An argument that is a struct, by value or by reference, as a value.</summary>
    public StackValue Struct(int argument, Type type) => Arguments[argument] switch
    {
        ReferenceValue reference => Translation.Variables.Load(reference.Slot),
        Value { Type.IsPointer: true } address => Code.Load(address, type),
        var value => value,
    };

    /// <summary>The address of the memory that an argument refers to.</summary>
    /// <param name="argument">Its number.</param>
    public Value Address(int argument) => Arguments[argument] is ReferenceValue
        ? throw Fail($"{Failure.Name(Method)} of a local variable", "give it an element of a view")
        : Scalar(argument);

    /// <summary>Fails unless the kernel runs in groups.</summary>
    public void NeedGroups()
    {
        if (Translation.Function.IsIndexed)
        {
            throw Fail(
                $"uses {Method.DeclaringType!.Name}.{Method.Name.Replace("get_", "", StringComparison.Ordinal)} in an auto-indexed kernel",
                "launch with a KernelConfig and a body without Index1D");
        }
    }

    /// <summary>The exception for a problem with this call.</summary>
    public KernelCompilationException Fail(string problem, string remedy) => Translation.Failure.At(problem, remedy);
}
