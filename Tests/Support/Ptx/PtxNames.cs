using System.Text.RegularExpressions;

namespace GpuKeras.Tests.Support.Ptx;

/// <summary>The names that a module may give (PTX ISA, sections Keywords and Identifiers).</summary>
internal static partial class PtxNames
{
    private static readonly HashSet<string> Reserved =
    [
        .. """
            abs activemask add addc alloca and applypriority atom bar barrier bfe bfi bfind bmsk bra brev brkpt brx call clz cnot copysign
            cos cp createpolicy cvt cvta discard div dp2a dp4a elect ex2 exit fence fma fns getctarank griddepcontrol isspacep istypep ld
            ldmatrix ldu lg2 lop3 mad mad24 madc mapa match max mbarrier membar min mma mov movmatrix mul mul24 multimem nanosleep neg not
            or pmevent popc prefetch prefetchu prmt rcp red redux rem ret rsqrt sad selp set setmaxnreg setp shf shfl shl shr sin slct sqrt
            st stackrestore stacksave stmatrix sub subc suld suq sured sust szext tanh tcgen05 tensormap testp tex tld4 trap txq vabsdiff
            vabsdiff2 vabsdiff4 vadd vadd2 vadd4 vavrg2 vavrg4 vmad vmax vmax2 vmax4 vmin vmin2 vmin4 vote vset vset2 vset4 vshl vshr vsub
            vsub2 vsub4 wgmma wmma xor WARP_SZ
            """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
    ];

    /// <summary>Whether something may have this name.</summary>
    public static bool IsFree(string name) => Identifier().IsMatch(name) && !Reserved.Contains(name) && !Special().IsMatch(name);

    // Those of section Special Registers.
    [GeneratedRegex(@"\A%(?:n?tid|n?warpid|laneid|n?ctaid|n?smid|gridid|lanemask_.*|clock.*|pm\d(_64)?|envreg\d+|globaltimer.*|(reserved|total|dynamic|aggr)_smem_.*|(cluster|is_explicit_cluster|current_graph).*)\z")]
    private static partial Regex Special();

    [GeneratedRegex(@"\A(?:[A-Za-z][A-Za-z0-9_$]*|[_$%][A-Za-z0-9_$]+)\z")]
    private static partial Regex Identifier();
}
