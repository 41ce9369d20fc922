namespace HlDynamic.Primitives.Fmt;

/// <summary>Between brightness and the numbers that pictures hold, in the usual colour space (IEC 61966-2-1).</summary>
internal static class StandardColors
{
    public static byte FromBrightness(double brightness)
    {
        double shown = brightness <= 0.0031308 ? brightness * 12.92 : 1.055 * Math.Pow(brightness, 1 / 2.4) - 0.055;
        return (byte)Math.Round(shown * 255);
    }

    public static double ToBrightness(byte value)
    {
        double shown = value / 255.0;
        return shown <= 0.04045 ? shown / 12.92 : Math.Pow((shown + 0.055) / 1.055, 2.4);
    }

    /// <summary>Lays a colour over another one.</summary>
    public static byte Over(byte color, byte alpha, byte below) => alpha switch
    {
        255 => color,
        0 => below,
        _ => FromBrightness((ToBrightness(color) * alpha + ToBrightness(below) * (255 - alpha)) / 255),
    };
}
