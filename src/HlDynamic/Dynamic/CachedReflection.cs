using System.Reflection;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>The methods that rules call.</summary>
internal static class CachedReflection
{
    public static readonly MethodInfo BoxInt = Method(typeof(HlBox), nameof(HlBox.Int));
    public static readonly MethodInfo BoxBool = Method(typeof(HlBox), nameof(HlBox.Bool));
    public static readonly MethodInfo BoxBytes = Method(typeof(HlBox), nameof(HlBox.Bytes));
    public static readonly MethodInfo ToDynamic = Method(typeof(HlConvert), nameof(HlConvert.ToDynamic));
    public static readonly MethodInfo ToBox = Method(typeof(HlConvert), nameof(HlConvert.ToBox));
    public static readonly MethodInfo FromHaxe = typeof(HlConvert).GetMethod(nameof(HlConvert.FromHaxe), [typeof(object)])!;
    public static readonly MethodInfo FromHaxeTyped = typeof(HlConvert).GetMethod(nameof(HlConvert.FromHaxe), [typeof(object), typeof(HlType)])!;
    public static readonly MethodInfo Text = Method(typeof(HlString), nameof(HlString.TextOf));
    public static readonly MethodInfo ConvertTo = Method(typeof(HlConvert), nameof(HlConvert.To));
    public static readonly MethodInfo NewText = typeof(HlTexts.Place).GetMethod(nameof(HlTexts.Place.Get))!;
    public static readonly MethodInfo Known = typeof(System.Runtime.CompilerServices.Unsafe).GetMethod(nameof(System.Runtime.CompilerServices.Unsafe.As), 1, [typeof(object)])!;
    public static readonly MethodInfo TranslateFault = Method(typeof(HlFaults), nameof(HlFaults.Translate));
    public static readonly MethodInfo Bind = typeof(HlMethod).GetMethod(nameof(HlMethod.Bind))!;
    public static readonly MethodInfo Unwrap = typeof(HlVirtual).GetMethod(nameof(HlVirtual.Unwrap), BindingFlags.Static | BindingFlags.NonPublic)!;
    public static readonly MethodInfo CallFunction = Method(typeof(FunctionCalls), nameof(FunctionCalls.Call));
    public static readonly MethodInfo GetDynamicField = Method(typeof(DynamicField), nameof(DynamicField.Read));
    public static readonly MethodInfo SetDynamicField = Method(typeof(DynamicField), nameof(DynamicField.Write));
    public static readonly MethodInfo CallDynamicField = Method(typeof(DynamicField), nameof(DynamicField.Call));
    public static readonly MethodInfo GetThroughView = Method(typeof(HlField), nameof(HlField.ReadView));
    public static readonly MethodInfo SetThroughView = Method(typeof(HlField), nameof(HlField.WriteView));
    public static readonly MethodInfo Bound = Method(typeof(HlField), nameof(HlField.Bound));
    public static readonly FieldInfo ViewTarget = typeof(HlVirtual).GetField(nameof(HlVirtual.Target), BindingFlags.Instance | BindingFlags.NonPublic)!;

    public static readonly MethodInfo HasDynamicField = Method(typeof(DynamicField), nameof(DynamicField.Has));
    public static readonly MethodInfo GetNamedField = Method(typeof(NamedField), nameof(NamedField.Read));
    public static readonly MethodInfo SetNamedField = Method(typeof(NamedField), nameof(NamedField.Write));
    public static readonly MethodInfo AreEqual = Method(typeof(ObjectOperators), nameof(ObjectOperators.AreEqual));
    public static readonly MethodInfo Compare = Method(typeof(ObjectOperators), nameof(ObjectOperators.Compare));
    public static readonly MethodInfo HasOrder = Method(typeof(ObjectOperators), nameof(ObjectOperators.HasOrder));
    public static readonly MethodInfo IsOfClass = Method(typeof(HlMetaObject), nameof(HlMetaObject.IsOfClass));
    public static readonly MethodInfo ReadMember = Method(typeof(HlMetaObject), nameof(HlMetaObject.ReadMember));
    public static readonly MethodInfo DeleteField = Method(typeof(HlMetaObject), nameof(HlMetaObject.Delete));
    public static readonly PropertyInfo InnerFunction = typeof(HlFunction).GetProperty(nameof(HlFunction.Function), BindingFlags.Instance | BindingFlags.NonPublic)!;
    public static readonly MethodInfo InvokeFunction = typeof(HlFunction).GetMethod(nameof(HlFunction.Invoke))!;
    public static readonly MethodInfo CreateDelegate = Method(typeof(DelegateFactory), nameof(DelegateFactory.Create));
    public static readonly PropertyInfo FunctionContext = typeof(HlFunction).GetProperty(nameof(HlFunction.Context), BindingFlags.Instance | BindingFlags.NonPublic)!;
    public static readonly MethodInfo HasParameters = Method(typeof(FunctionMetaObject), nameof(FunctionMetaObject.HasParameters));
    public static readonly MethodInfo To = Method(typeof(HlConvert), nameof(HlConvert.To));
    public static readonly PropertyInfo EnumParameter = typeof(HlEnum).GetProperty("Item")!;
    public static readonly PropertyInfo Statics = typeof(HlClass).GetProperty(nameof(HlClass.Statics), BindingFlags.Instance | BindingFlags.NonPublic)!;
    public static readonly MethodInfo NewObject = typeof(HlClass).GetMethod(nameof(HlClass.New))!;
    public static readonly MethodInfo HasStatic = Method(typeof(HlClass), nameof(HlClass.HasStatic));
    public static readonly MethodInfo CreateEnum = typeof(HlEnumClass).GetMethod(nameof(HlEnumClass.TryCreate), BindingFlags.Instance | BindingFlags.NonPublic)!;
    public static readonly MethodInfo FindInNamespace = typeof(INamespace).GetMethod(nameof(INamespace.Find))!;

    private static readonly Dictionary<Type, MethodInfo> Converters = new()
    {
        [typeof(int)] = Method(typeof(HlConvert), nameof(HlConvert.ToI32)),
        [typeof(double)] = Method(typeof(HlConvert), nameof(HlConvert.ToF64)),
        [typeof(bool)] = Method(typeof(HlConvert), nameof(HlConvert.ToBool)),
        [typeof(float)] = Method(typeof(HlConvert), nameof(HlConvert.ToF32)),
        [typeof(long)] = Method(typeof(HlConvert), nameof(HlConvert.ToI64)),
        [typeof(byte)] = Method(typeof(HlConvert), nameof(HlConvert.ToUI8)),
        [typeof(ushort)] = Method(typeof(HlConvert), nameof(HlConvert.ToUI16)),
        [typeof(HlBytes)] = Method(typeof(HlConvert), nameof(HlConvert.ToBytes)),
    };

    private static readonly MethodInfo ToReference = Method(typeof(HlConvert), nameof(HlConvert.ToReference));

    /// <summary>The method that converts an object to a value of this CLR type.</summary>
    public static MethodInfo Converter(Type type) => Converters.GetValueOrDefault(type, ToReference);

    private static MethodInfo Method(Type type, string name) =>
        type.GetMethod(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic) ?? throw new MissingMethodException(type.Name, name);
}
