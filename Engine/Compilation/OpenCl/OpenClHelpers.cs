namespace GpuKeras.Compilation;

/// <summary>
/// The helpers' texts. Macros, which may be defined twice alike where texts are joined and whose arguments are always variables or
/// constants; functions only where a loop is needed.
/// </summary>
internal static class OpenClHelpers
{
    private const string LeastLong = "(-9223372036854775807L - 1)";
    private const string MostLong = "9223372036854775807L";

    /// <summary>A helper's definition.</summary>
    public static string Text(OpenClHelper helper) => helper switch
    {
        OpenClHelper.Int64Atomics => "#pragma OPENCL EXTENSION cl_khr_int64_base_atomics : enable\n",
        // Of equal numbers only the zeros differ, in their sign.
        OpenClHelper.Minimum => Extreme("gk_min", "float", "int", "|", "<"),
        OpenClHelper.Maximum => Extreme("gk_max", "float", "int", "&", ">"),
        OpenClHelper.MinimumDouble => Extreme("gk_min_double", "double", "long", "|", "<"),
        OpenClHelper.MaximumDouble => Extreme("gk_max_double", "double", "long", "&", ">"),
        OpenClHelper.MinimumPanel => Extreme("gk_min_panel", "float16", "int16", "|", "<"),
        OpenClHelper.MaximumPanel => Extreme("gk_max_panel", "float16", "int16", "&", ">"),
        OpenClHelper.FloorModulo => Function(
            "gk_floor_modulo",
            "float16 gk_floor_modulo(float16 a, float16 b)\n{\n  const float16 rest = fmod(a, b);\n"
            + "  return rest == 0.0f ? copysign(rest, b) : (rest < 0.0f) != (b < 0.0f) ? rest + b : rest;\n}"),
        // .NET's conversions saturate, and NaN becomes 0.
        OpenClHelper.IntOfFloat => Saturating(
            "gk_int_of_float", "int", "-2147483648.0f", "2147483648.0f", "(-2147483647 - 1)", "2147483647"),
        OpenClHelper.UIntOfFloat => Saturating(
            "gk_uint_of_float", "uint", "0.0f", "4294967296.0f", "0u", "4294967295u"),
        OpenClHelper.LongOfFloat => Saturating(
            "gk_long_of_float", "long", "-9223372036854775808.0f", "9223372036854775808.0f", LeastLong, MostLong),
        OpenClHelper.ULongOfFloat => Saturating(
            "gk_ulong_of_float", "ulong", "0.0f", "18446744073709551616.0f", "0ul", "18446744073709551615ul"),
        OpenClHelper.IntOfDouble => Saturating(
            "gk_int_of_double", "int", "-2147483648.0", "2147483648.0", "(-2147483647 - 1)", "2147483647"),
        OpenClHelper.UIntOfDouble => Saturating(
            "gk_uint_of_double", "uint", "0.0", "4294967296.0", "0u", "4294967295u"),
        OpenClHelper.LongOfDouble => Saturating(
            "gk_long_of_double", "long", "-9223372036854775808.0", "9223372036854775808.0", LeastLong, MostLong),
        OpenClHelper.ULongOfDouble => Saturating(
            "gk_ulong_of_double", "ulong", "0.0", "18446744073709551616.0", "0ul", "18446744073709551615ul"),
        OpenClHelper.RoundHalf => Function(
            "gk_round_half",
            "float gk_round_half(float x)\n{\n  ushort h;\n  vstore_half_rte(x, 0, (__private half*)&h);\n"
            + "  return vload_half(0, (const __private half*)&h);\n}"),
        OpenClHelper.RoundBFloat =>
            "#define gk_bfloat_bits(x) ((x) != (x) ? 0x7fc0u : (as_uint(x) + 0x7fffu + (as_uint(x) >> 16 & 1u)) >> 16)\n",
        OpenClHelper.AtomicAddFloatGlobal => Add("gk_add_float_global", "__global", "float", "uint", "atomic_cmpxchg"),
        OpenClHelper.AtomicAddFloatLocal => Add("gk_add_float_local", "__local", "float", "uint", "atomic_cmpxchg"),
        OpenClHelper.AtomicAddDoubleGlobal => Add("gk_add_double_global", "__global", "double", "ulong", "atom_cmpxchg"),
        _ => Add("gk_add_double_local", "__local", "double", "ulong", "atom_cmpxchg"),
    };

    private static string Extreme(string name, string type, string bits, string zeros, string sign) =>
        $"#define {name}(a, b) "
        + $"((a) != (a) ? (a) : (a) == (b) ? as_{type}(as_{bits}(a) {zeros} as_{bits}(b)) : (a) {sign} (b) ? (a) : (b))\n";

    private static string Saturating(string name, string type, string low, string high, string least, string most) =>
        $"#define {name}(x) ((x) != (x) ? ({type})0 : (x) < {low} ? {least} : (x) >= {high} ? {most} : ({type})(x))\n";

    private static string Function(string name, string definition) =>
        $"#ifndef {name}_defined\n#define {name}_defined\n{definition}\n#endif\n";

    private static string Add(string name, string space, string type, string bits, string exchange) => Function(
        name,
        $"{type} {name}(volatile {space} {bits}* target, {type} value)\n{{\n"
        + $"  {bits} seen = *target, before;\n"
        + $"  do {{ before = seen; seen = {exchange}(target, before, as_{bits}(as_{type}(before) + value)); }} while (seen != before);\n"
        + $"  return as_{type}(before);\n}}");
}
