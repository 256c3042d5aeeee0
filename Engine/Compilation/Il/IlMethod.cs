using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Metadata;

namespace GpuKeras.Compilation;

/// <summary>A method's IL, decoded once for each instantiation of its generic parameters.</summary>
internal sealed class IlMethod
{
    private static readonly ConcurrentDictionary<MethodBase, IlMethod> Cache = new();

    private readonly Type[]? typeArguments;
    private readonly Type[]? methodArguments;
    private readonly ConcurrentDictionary<int, object> members = new();
    private readonly Lazy<IlFlow> flow;

    private IlMethod(MethodBase method, MethodBody body)
    {
        Method = method;
        Code = IlDecoder.Decode(body.GetILAsByteArray());
        typeArguments = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        var parameters = method.GetParameters().Select(static parameter => parameter.ParameterType);
        Parameters = method.IsStatic ? [.. parameters] : [method.DeclaringType!.MakeByRefType(), .. parameters];
        Locals = [.. body.LocalVariables.Select(static local => local.LocalType)];
        HasExceptionHandlers = body.ExceptionHandlingClauses.Count > 0;
        HasResult = method is MethodInfo info && info.ReturnType != typeof(void);
        IsAddressTaken = new bool[Parameters.Length + Locals.Length];
        IsStored = new bool[Parameters.Length + Locals.Length];
        IsStraightLine = true;
        foreach (var instruction in Code)
            Look(instruction);
        flow = new(() => new IlFlow(this));
    }

    /// <summary>The method.</summary>
    public MethodBase Method { get; }

    /// <summary>Its instructions.</summary>
    public IlInstruction[] Code { get; }

    /// <summary>The types of its parameters, <c>this</c> first.</summary>
    public Type[] Parameters { get; }

    /// <summary>The types of its local variables.</summary>
    public Type[] Locals { get; }

    /// <summary>Whether it returns a value.</summary>
    public bool HasResult { get; }

    /// <summary>Whether it has try blocks.</summary>
    public bool HasExceptionHandlers { get; }

    /// <summary>Whether it has no branches.</summary>
    public bool IsStraightLine { get; private set; }

    /// <summary>For each variable (parameters, then locals) whether its address is taken.</summary>
    public bool[] IsAddressTaken { get; }

    /// <summary>For each variable (parameters, then locals) whether it is assigned.</summary>
    public bool[] IsStored { get; }

    /// <summary>Its control flow.</summary>
    public IlFlow Flow => flow.Value;

    /// <summary>The decoded method; null where there is no IL.</summary>
    public static IlMethod? Of(MethodBase method)
    {
        if (Cache.TryGetValue(method, out var known))
            return known;
        return method.GetMethodBody() is { } body ? Cache.GetOrAdd(method, new IlMethod(method, body)) : null;
    }

    /// <summary>The number of a variable that an instruction names: parameters come first, then locals.</summary>
    public int Variable(in IlInstruction instruction) => (int)instruction.Operand
        + (instruction.Opcode is ILOpCode.Ldloc or ILOpCode.Ldloca or ILOpCode.Stloc ? Parameters.Length : 0);

    /// <summary>The type of a variable.</summary>
    public Type VariableType(int variable) => variable < Parameters.Length ? Parameters[variable] : Locals[variable - Parameters.Length];

    /// <summary>The type that a token names.</summary>
    public Type ResolveType(long token) =>
        (Type)members.GetOrAdd((int)token, number => Method.Module.ResolveType(number, typeArguments, methodArguments));

    /// <summary>The method that a token names.</summary>
    public MethodBase ResolveMethod(long token) =>
        (MethodBase)members.GetOrAdd((int)token, number => Method.Module.ResolveMethod(number, typeArguments, methodArguments)!);

    /// <summary>The field that a token names.</summary>
    public FieldInfo ResolveField(long token) =>
        (FieldInfo)members.GetOrAdd((int)token, number => Method.Module.ResolveField(number, typeArguments, methodArguments)!);

    /// <summary>The type, method or field that a token names.</summary>
    public MemberInfo ResolveMember(long token) =>
        (MemberInfo)members.GetOrAdd((int)token, number => Method.Module.ResolveMember(number, typeArguments, methodArguments)!);

    private void Look(in IlInstruction instruction)
    {
        if (instruction.IsBranch)
            IsStraightLine = false;
        if (instruction.Opcode is ILOpCode.Ldarga or ILOpCode.Ldloca)
            IsAddressTaken[Variable(instruction)] = true;
        if (instruction.Opcode is ILOpCode.Starg or ILOpCode.Stloc)
            IsStored[Variable(instruction)] = true;
    }
}
