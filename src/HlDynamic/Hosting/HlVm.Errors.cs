using HlDynamic.Primitives;

namespace HlDynamic;

public sealed partial class HlVm
{
    /// <summary>The report that HashLink prints of an exception nobody caught: the value, and a line for each Haxe frame.</summary>
    internal string DescribeUncaught(Exception exception) => StdErrors.Describe(Context, exception);
}
