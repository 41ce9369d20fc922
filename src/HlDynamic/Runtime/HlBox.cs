namespace HlDynamic.Runtime;

/// <summary>Boxes basic values as Haxe's <c>Dynamic</c>; the ones programs use most are boxed once for all.</summary>
internal static class HlBox
{
    private const int Low = -128, High = 1024;
    private static readonly object[] Ints = CreateInts();
    public static readonly object True = true;
    public static readonly object False = false;

    private static object[] CreateInts()
    {
        var boxes = new object[High - Low];
        for (int i = 0; i < boxes.Length; i++)
            boxes[i] = i + Low;
        return boxes;
    }

    public static object Int(int value) => (uint)(value - Low) < (uint)Ints.Length ? Ints[value - Low] : value;

    public static object Bool(bool value) => value ? True : False;

    public static object? Bytes(HlBytes value) => value.IsNull ? null : value;

    public static object UI8(byte value) => value;

    public static object UI16(ushort value) => value;

    public static object I64(long value) => value;

    public static object F32(float value) => value;

    public static object F64(double value) => value;
}
