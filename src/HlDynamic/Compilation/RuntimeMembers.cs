using System.Reflection;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;

namespace HlDynamic.Compilation;

/// <summary>The members of the runtime that compiled code uses, looked up once.</summary>
internal static class RuntimeMembers
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static readonly ConstructorInfo NewObject = Constructor(typeof(HlObject));
    public static readonly ConstructorInfo NewString = Constructor(typeof(HlString));
    public static readonly ConstructorInfo NewVirtual = Constructor(typeof(HlVirtual));
    public static readonly ConstructorInfo NewEnum = Constructor(typeof(HlEnum), typeof(int));
    public static readonly ConstructorInfo NewDynObj = Constructor(typeof(HlDynObj), typeof(HlContext));
    public static readonly ConstructorInfo NewSite = Constructor(typeof(HlSite), typeof(HlContext), typeof(string));
    public static readonly MethodInfo GetRuntimeType = typeof(HlObject).GetProperty("RuntimeType", All)!.GetMethod!;
    public static readonly FieldInfo StringBytes = Field(typeof(HlString), "bytes");
    public static readonly FieldInfo StringLength = Field(typeof(HlString), "length");
    public static readonly MethodInfo StringSet = Method(typeof(HlString), "Set");
    public static readonly FieldInfo EnumIndex = Field(typeof(HlEnum), nameof(HlEnum.ConstructorIndex));
    public static readonly FieldInfo VirtualTarget = Field(typeof(HlVirtual), nameof(HlVirtual.Target));
    public static readonly MethodInfo VirtualUnwrap = Method(typeof(HlVirtual), nameof(HlVirtual.Unwrap));
    public static readonly FieldInfo BytesBuffer = Field(typeof(HlBytes), nameof(HlBytes.Buffer));
    public static readonly FieldInfo BytesOffset = Field(typeof(HlBytes), nameof(HlBytes.Offset));
    public static readonly MethodInfo BytesGet = Method(typeof(HlBytes), nameof(HlBytes.Read));
    public static readonly MethodInfo BytesSet = Method(typeof(HlBytes), nameof(HlBytes.Write));
    public static readonly FieldInfo ArrayCount = Field(typeof(HlArray), nameof(HlArray.Count));
    public static readonly MethodInfo TypeKind = typeof(HlType).GetProperty(nameof(HlType.Kind), All)!.GetMethod!;
    public static readonly MethodInfo TypeOf = Method(typeof(HlContext), nameof(HlContext.TypeOf));
    public static readonly FieldInfo Coverage = Field(typeof(HlContext), nameof(HlContext.Coverage));
    public static readonly MethodInfo GetTypeFromHandle = Method(typeof(Type), nameof(Type.GetTypeFromHandle), typeof(RuntimeTypeHandle));
    public static readonly FieldInfo GoodBlock = Field(typeof(HlStackGuard), nameof(HlStackGuard.GoodBlock));
    public static readonly MethodInfo CheckStack = Method(typeof(HlStackGuard), nameof(HlStackGuard.Check), typeof(nuint));

    public static readonly MethodInfo CurrentInstance = Method(typeof(HlModuleInstance), nameof(HlModuleInstance.Current));
    public static readonly MethodInfo InstanceContext = typeof(HlModuleInstance).GetProperty(nameof(HlModuleInstance.Context), All)!.GetMethod!;
    public static readonly MethodInfo InstanceTypes = typeof(HlModuleInstance).GetProperty(nameof(HlModuleInstance.Types), All)!.GetMethod!;
    public static readonly MethodInfo InstanceBytes = Method(typeof(HlModuleInstance), nameof(HlModuleInstance.GetBytes));
    public static readonly MethodInfo BytesFromText = Method(typeof(HlModuleInstance), nameof(HlModuleInstance.GetText));

    public static readonly MethodInfo NullAccess = Method(typeof(HaxeError), nameof(HaxeError.NullAccess), []);
    public static readonly MethodInfo NullAccessField = Method(typeof(HaxeError), nameof(HaxeError.NullAccess), typeof(string));
    public static readonly MethodInfo CannotCast = Method(typeof(HaxeError), nameof(HaxeError.CannotCast));
    public static readonly MethodInfo ErrorText = Method(typeof(HaxeError), nameof(HaxeError.Text));
    public static readonly MethodInfo Catch = Method(typeof(HlExceptions), nameof(HlExceptions.Catch));
    public static readonly MethodInfo Throw = Method(typeof(HlExceptions), nameof(HlExceptions.ToThrow));
    public static readonly MethodInfo Rethrow = Method(typeof(HlExceptions), nameof(HlExceptions.Rethrow));
    public static readonly MethodInfo MissingNative = Method(typeof(HlLinkException), nameof(HlLinkException.Missing));

    public static readonly MethodInfo Compare = Method(typeof(HlCompare), nameof(HlCompare.Compare), typeof(object), typeof(object));
    public static readonly MethodInfo DynEquals = Method(typeof(HlCompare), nameof(HlCompare.DynEquals));
    public static readonly MethodInfo NullEquals = Method(typeof(HlCompare), nameof(HlCompare.NullEquals));
    public static readonly MethodInfo VirtualEquals = Method(typeof(HlCompare), nameof(HlCompare.VirtualEquals));
    public static readonly MethodInfo SameType = Method(typeof(HlCompare), nameof(HlCompare.SameType));
    public static readonly MethodInfo BytesEquals = Method(typeof(HlBytes), nameof(HlBytes.Equals), typeof(HlBytes));
    public static readonly MethodInfo CallClosure = Method(typeof(HlClosures), nameof(HlClosures.Call), typeof(Delegate), typeof(object?[]));

    public static readonly MethodInfo ToNull = Method(typeof(HlCast), nameof(HlCast.ToNull));
    public static readonly MethodInfo ToObject = Method(typeof(HlCast), nameof(HlCast.ToObject));
    public static readonly MethodInfo ToVirtual = Method(typeof(HlCast), nameof(HlCast.ToVirtual));
    public static readonly MethodInfo ToFunction = Method(typeof(HlCast), nameof(HlCast.ToFunction));

    public static readonly MethodInfo SiteGet = Method(typeof(HlSite), nameof(HlSite.Get));
    public static readonly MethodInfo SiteGetDyn = Method(typeof(HlSite), nameof(HlSite.GetDyn));
    public static readonly MethodInfo SiteSet = Method(typeof(HlSite), nameof(HlSite.Set));
    public static readonly MethodInfo SiteCall = Method(typeof(HlSite), nameof(HlSite.Call));

    public static readonly MethodInfo RefElement = Method(typeof(HlReferences), nameof(HlReferences.Element));

    private static readonly Dictionary<(Type, string), MethodInfo> ByName = [];

    /// <summary>A method of the runtime by its name, of which there is one.</summary>
    public static MethodInfo Named(Type type, string name)
    {
        lock (ByName)
            return ByName.TryGetValue((type, name), out MethodInfo? method) ? method : ByName[(type, name)] = Method(type, name);
    }

    /// <summary>The suffix that the runtime's typed methods have for a kind: <c>I32</c> in <c>GetI32</c>; null for references.</summary>
    public static string? Suffix(HlTypeKind kind) => kind switch
    {
        HlTypeKind.UI8 => "UI8",
        HlTypeKind.UI16 => "UI16",
        HlTypeKind.I32 => "I32",
        HlTypeKind.I64 or HlTypeKind.Guid => "I64",
        HlTypeKind.F32 => "F32",
        HlTypeKind.F64 => "F64",
        HlTypeKind.Bool => "Bool",
        _ => null,
    };

    /// <summary>The method that boxes a basic value.</summary>
    public static MethodInfo Box(HlTypeKind kind) => Named(typeof(HlBox), kind switch
    {
        HlTypeKind.I32 => nameof(HlBox.Int),
        HlTypeKind.Bytes => nameof(HlBox.Bytes),
        _ => Suffix(kind)!,
    });

    /// <summary>The native array class of a representation.</summary>
    public static Type ArrayOf(Type element) => typeof(HlArray<>).MakeGenericType(element);

    /// <summary>The .NET array inside a native array.</summary>
    public static FieldInfo ArrayItems(Type element) => ArrayOf(element).GetField(nameof(HlArray<int>.Items))!;

    private static FieldInfo Field(Type type, string name) => type.GetField(name, All) ?? throw new MissingFieldException(type.FullName, name);

    private static MethodInfo Method(Type type, string name) => type.GetMethod(name, All) ?? throw new MissingMethodException(type.FullName, name);

    private static MethodInfo Method(Type type, string name, params Type[] parameters) =>
        type.GetMethod(name, All, parameters) ?? throw new MissingMethodException(type.FullName, name);

    private static ConstructorInfo Constructor(Type type, params Type[] parameters) =>
        type.GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public, parameters) ?? throw new MissingMethodException(type.FullName, ".ctor");
}
