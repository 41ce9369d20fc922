using System.Text;
using HlDynamic.Runtime;

namespace HlDynamic;

public sealed partial class HlVm
{
    /// <summary>The report that HashLink prints of an exception nobody caught: the value, and a line for each Haxe frame.</summary>
    internal string DescribeUncaught(Exception exception)
    {
        var text = new StringBuilder();
        object? value = HlExceptions.ValueOf(exception);
        text.Append("Uncaught exception: ").Append(value is Exception host and not HaxeException ? host.ToString() : HlText.Of(value)).Append('\n');
        foreach (string frame in HlStack.Describe(Context, exception))
            text.Append("Called from ").Append(frame).Append('\n');
        return text.ToString();
    }
}
