namespace HlDynamic.Runtime;

/// <summary>Converts the arguments and results of natives that a .NET program provides; compiled code calls this.</summary>
internal static class HlNativeValues
{
    /// <summary>An argument as the type of a parameter.</summary>
    /// <exception cref="HaxeException">It cannot be one.</exception>
    public static T ToHost<T>(object? value) => HlHost.ToHost(value) is T fits ? fits
        : HlHost.TryToHost(value, typeof(T), out object? host) ? (T)host!
        : throw HaxeError.CannotCast(HlTypes.NameOf(value), HlTypes.NameOf(typeof(T)));

    /// <summary>A result as a value of a Haxe type.</summary>
    /// <exception cref="HaxeException">It cannot be one.</exception>
    public static object? FromHost(object? value, HlContext context, HlType type)
    {
        if (value is not (null or HlObject) && type.Kind == Bytecode.HlTypeKind.Obj && HlCollections.TryCreate(type, value, out HlObject? created))
            return created;
        return HlCast.ToType(value is string text && type.Kind == Bytecode.HlTypeKind.Bytes ? HlBytes.FromString(text) : HlHost.FromHost(context, value), type);
    }
}
