using System.Reflection;
using System.Runtime.CompilerServices;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;

namespace HlDynamic.Compilation;

/// <summary>The members of the runtime that compiled code uses, each looked up when it is asked for first.</summary>
internal static class RuntimeMembers
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static ConstructorInfo NewObject => field ??= Constructor(typeof(HlObject));
    public static ConstructorInfo NewVirtual => field ??= Constructor(typeof(HlVirtual));
    public static ConstructorInfo NewEnum => field ??= Constructor(typeof(HlEnum), typeof(int));
    public static ConstructorInfo NewNoEnvironment => field ??= Constructor(typeof(HlNoEnvironment), typeof(int));
    public static ConstructorInfo NewDynObj => field ??= Constructor(typeof(HlDynObj), typeof(HlContext));
    public static ConstructorInfo NewSite => field ??= Constructor(typeof(HlSite), typeof(HlContext), typeof(string));
    public static ConstructorInfo NewTypeofs => field ??= Constructor(typeof(HlTypeofs));
    public static MethodInfo GetRuntimeType => field ??= typeof(HlObject).GetProperty("RuntimeType", All)!.GetMethod!;
    public static MethodInfo Bind => field ??= Method(typeof(HlObject), nameof(HlObject.Bind));
    public static FieldInfo EnumIndex => field ??= Field(typeof(HlEnum), nameof(HlEnum.ConstructorIndex));
    public static FieldInfo VirtualTarget => field ??= Field(typeof(HlVirtual), nameof(HlVirtual.Target));
    public static MethodInfo VirtualUnwrap => field ??= Method(typeof(HlVirtual), nameof(HlVirtual.Unwrap));
    public static FieldInfo BytesBuffer => field ??= Field(typeof(HlBytes), nameof(HlBytes.Buffer));
    public static FieldInfo BytesOffset => field ??= Field(typeof(HlBytes), nameof(HlBytes.Offset));
    public static MethodInfo BytesGet => field ??= Method(typeof(HlBytes), nameof(HlBytes.Read));
    public static MethodInfo BytesSet => field ??= Method(typeof(HlBytes), nameof(HlBytes.Write));
    public static FieldInfo ArrayCount => field ??= Field(typeof(HlArray), nameof(HlArray.Count));
    public static MethodInfo TypeKind => field ??= typeof(HlType).GetProperty(nameof(HlType.Kind), All)!.GetMethod!;
    public static MethodInfo TypeTexts => field ??= typeof(HlType).GetProperty(nameof(HlType.Texts), All)!.GetMethod!;
    public static MethodInfo TypeOf => field ??= Method(typeof(HlContext), nameof(HlContext.TypeOf));

    public static MethodInfo KindOf => field ??= Method(typeof(HlContext), nameof(HlContext.KindOf));
    public static FieldInfo Coverage => field ??= Field(typeof(HlContext), nameof(HlContext.Coverage));
    public static MethodInfo As => field ??= Method(typeof(Unsafe), nameof(Unsafe.As), typeof(object));
    public static MethodInfo GetClass => field ??= Method(typeof(object), nameof(GetType));
    public static MethodInfo GetTypeFromHandle => field ??= Method(typeof(Type), nameof(Type.GetTypeFromHandle), typeof(RuntimeTypeHandle));
    public static FieldInfo GoodBlock => field ??= Field(typeof(HlStackGuard), nameof(HlStackGuard.GoodBlock));
    public static MethodInfo CheckStack => field ??= Method(typeof(HlStackGuard), nameof(HlStackGuard.Check), typeof(nuint));

    public static MethodInfo CurrentInstance => field ??= Method(typeof(HlModuleInstance), nameof(HlModuleInstance.Current));
    public static MethodInfo InstanceContext => field ??= typeof(HlModuleInstance).GetProperty(nameof(HlModuleInstance.Context), All)!.GetMethod!;
    public static MethodInfo InstanceTypes => field ??= typeof(HlModuleInstance).GetProperty(nameof(HlModuleInstance.Types), All)!.GetMethod!;
    public static MethodInfo InstanceBytes => field ??= Method(typeof(HlModuleInstance), nameof(HlModuleInstance.GetBytes));
    public static MethodInfo InstanceString => field ??= Method(typeof(HlModuleInstance), nameof(HlModuleInstance.GetString));
    public static MethodInfo InstanceBytesOfString => field ??= Method(typeof(HlModuleInstance), nameof(HlModuleInstance.GetBytesOfString));
    public static MethodInfo InstanceEnum => field ??= Method(typeof(HlModuleInstance), nameof(HlModuleInstance.GetEnum));

    public static MethodInfo GetClrType => field ??= Method(typeof(object), nameof(GetType), []);
    public static MethodInfo NullAccess => field ??= Method(typeof(HaxeError), nameof(HaxeError.NullAccess), []);
    public static MethodInfo NullAccessField => field ??= Method(typeof(HaxeError), nameof(HaxeError.NullAccess), typeof(string));
    public static MethodInfo CannotCast => field ??= Method(typeof(HaxeError), nameof(HaxeError.CannotCast));
    public static MethodInfo ErrorText => field ??= Method(typeof(HaxeError), nameof(HaxeError.Text));
    public static MethodInfo Catch => field ??= Method(typeof(HlExceptions), nameof(HlExceptions.Catch));

    public static MethodInfo CatchWithCallers => field ??= Method(typeof(HlExceptions), nameof(HlExceptions.CatchWithCallers));
    public static MethodInfo NativeToHost => field ??= Method(typeof(HlNativeValues), nameof(HlNativeValues.ToHost));
    public static MethodInfo NativeFromHost => field ??= Method(typeof(HlNativeValues), nameof(HlNativeValues.FromHost));
    public static MethodInfo MissingNative => field ??= Method(typeof(HlLinkException), nameof(HlLinkException.Missing));

    public static MethodInfo Compare => field ??= Method(typeof(HlCompare), nameof(HlCompare.Compare), typeof(object), typeof(object));
    public static MethodInfo DynEquals => field ??= Method(typeof(HlCompare), nameof(HlCompare.DynEquals));
    public static MethodInfo NullEquals => field ??= Method(typeof(HlCompare), nameof(HlCompare.NullEquals));
    public static MethodInfo VirtualEquals => field ??= Method(typeof(HlCompare), nameof(HlCompare.VirtualEquals));
    public static MethodInfo SameType => field ??= Method(typeof(HlCompare), nameof(HlCompare.SameType));
    public static MethodInfo BytesEquals => field ??= Method(typeof(HlBytes), nameof(HlBytes.Equals), typeof(HlBytes));
    public static MethodInfo SameText => field ??= Method(typeof(HlString), nameof(HlString.Same));
    public static MethodInfo CompareTexts => field ??= Method(typeof(HlString), nameof(HlString.Compare));
    public static MethodInfo CallClosure => field ??= Method(typeof(HlClosures), nameof(HlClosures.Call), typeof(Delegate), typeof(object?[]));

    public static MethodInfo ToNull => field ??= Method(typeof(HlCast), nameof(HlCast.ToNull));
    public static MethodInfo ToObject => field ??= Method(typeof(HlCast), nameof(HlCast.ToObject));
    public static MethodInfo ToVirtual => field ??= Method(typeof(HlCast), nameof(HlCast.ToVirtual));
    public static MethodInfo ToFunction => field ??= Method(typeof(HlCast), nameof(HlCast.ToFunction));

    public static MethodInfo SiteGet => field ??= Method(typeof(HlSite), nameof(HlSite.Get));
    public static MethodInfo SiteGetDyn => field ??= Method(typeof(HlSite), nameof(HlSite.GetDyn));
    public static MethodInfo SiteSet => field ??= Method(typeof(HlSite), nameof(HlSite.Set));
    public static MethodInfo SiteCall => field ??= Method(typeof(HlSite), nameof(HlSite.Call));

    public static MethodInfo RefElement => field ??= Method(typeof(HlReferences), nameof(HlReferences.Element));

    /// <summary>The constructor of a class that compiled classes derive from.</summary>
    public static ConstructorInfo ConstructorOf(Type type) => type == typeof(HlObject) ? NewObject : Constructor(type);

    /// <summary>A field that a class of the runtime declares for the compiled classes that derive from it.</summary>
    public static FieldInfo FieldOf(Type type, string name) => Field(type, name);

    public static PropertyInfo PropertyOf(Type type, string name) => type.GetProperty(name, All) ?? throw new MissingMemberException(type.FullName, name);

    // What reflection would look for again: methods by their type and name, and by what they are made of and for which type.
    private static readonly Dictionary<MemberInfo, Dictionary<object, MethodInfo>> Found = [];

    /// <summary>A method of the runtime by its name, of which there is one.</summary>
    public static MethodInfo Named(Type type, string name)
    {
        lock (Found)
        {
            Dictionary<object, MethodInfo> methods = FoundIn(type);
            return methods.TryGetValue(name, out MethodInfo? method) ? method : methods[name] = Method(type, name);
        }
    }

    /// <summary>A generic method of the runtime for a type.</summary>
    public static MethodInfo Made(MethodInfo open, Type argument)
    {
        lock (Found)
        {
            Dictionary<object, MethodInfo> methods = FoundIn(open);
            return methods.TryGetValue(argument, out MethodInfo? method) ? method : methods[argument] = open.MakeGenericMethod(argument);
        }
    }

    private static Dictionary<object, MethodInfo> FoundIn(MemberInfo owner) =>
        Found.TryGetValue(owner, out Dictionary<object, MethodInfo>? methods) ? methods : Found[owner] = [];

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

    public static FieldInfo ArrayReferences => field ??= Field(typeof(HlArray), nameof(HlArray.References));

    /// <summary>What gives the .NET array inside a native array of values.</summary>
    public static MethodInfo ArrayItems(Type element) => Made(ArrayValues, element);

    private static MethodInfo ArrayValues => field ??= Method(typeof(HlArray), nameof(HlArray.Values));

    private static FieldInfo Field(Type type, string name) => type.GetField(name, All) ?? throw new MissingFieldException(type.FullName, name);

    private static MethodInfo Method(Type type, string name) => type.GetMethod(name, All) ?? throw new MissingMethodException(type.FullName, name);

    private static MethodInfo Method(Type type, string name, params Type[] parameters) =>
        type.GetMethod(name, All, parameters) ?? throw new MissingMethodException(type.FullName, name);

    private static ConstructorInfo Constructor(Type type, params Type[] parameters) =>
        type.GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public, parameters) ?? throw new MissingMethodException(type.FullName, ".ctor");
}
