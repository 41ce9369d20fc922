using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>The class that <c>haxe.Int64</c> is where the compiler (before Haxe 4.3) has no 64-bit integers for HashLink.</summary>
internal static class Int64Class
{
    public static long Read(HlObject value) =>
        ((long)Half(value, "high") << 32) | (uint)Half(value, "low");

    public static object Create(HlType type, long value)
    {
        object result = type.Allocate();
        ((HlField)type.FindMember("high")!).Set(result, (int)(value >> 32));
        ((HlField)type.FindMember("low")!).Set(result, unchecked((int)value));
        return result;
    }

    private static int Half(HlObject value, string name) => (int)((HlField)value.Type.FindMember(name)!).Get(value)!;
}
