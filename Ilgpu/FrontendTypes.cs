using System.Runtime.CompilerServices;
using ILGPU.IR;
using ILGPU.IR.Types;

namespace GpuKeras.Ilgpu;

/// <summary>
/// Types that ILGPU's compiler does not know and kernels use: <see cref="Type"/>, for comparing two, and native integers. And bool, which
/// it knows but does not take among a kernel's arguments, because the marshaller makes four bytes of it; nothing is marshalled here.
/// </summary>
/// <remarks>
/// ILGPU has no door for this, so its tables are reached by their names in version 1.5.3; with another version that has others the
/// first kernel fails with a <see cref="MissingFieldException"/>. Without the entries a native integer would be taken for a struct that
/// holds itself, on which ILGPU overflows the stack.
/// </remarks>
internal static class FrontendTypes
{
    /// <summary>Adds the types to a Context's tables: both as 64-bit integers.</summary>
    public static void AddTo(Context context)
    {
        var types = TypeContext(context);
        var mapping = Mapping(types);
        foreach (var type in new[] { typeof(Type), typeof(nint), typeof(nuint) })
        {
            foreach (var space in Enum.GetValues<MemoryAddressSpace>())
                mapping[(type, space)] = types.GetPrimitiveType(BasicValueType.Int64);
            AddTypeInfo(types, type, true);
        }
        Information(types).Remove(typeof(bool));
        AddTypeInfo(types, typeof(bool), true);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_TypeContext")]
    private static extern IRTypeContext TypeContext(Context context);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "typeMapping")]
    private static extern ref Dictionary<(Type Type, MemoryAddressSpace Space), TypeNode> Mapping(IRTypeContext types);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "typeInfoMapping")]
    private static extern ref Dictionary<Type, TypeInformationManager.TypeInformation> Information(TypeInformationManager types);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "AddTypeInfo")]
    private static extern TypeInformationManager.TypeInformation AddTypeInfo(TypeInformationManager types, Type type, bool isBlittable);
}
