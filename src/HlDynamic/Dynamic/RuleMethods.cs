using System.Reflection;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>The methods that rules call, looked up when a rule is made: the runtime keeps them, and most programs need a few of them.</summary>
internal static class RuleMethods
{
    public static MethodInfo BoxInt => Method(typeof(HlBox), nameof(HlBox.Int));
    public static MethodInfo BoxBool => Method(typeof(HlBox), nameof(HlBox.Bool));
    public static MethodInfo BoxBytes => Method(typeof(HlBox), nameof(HlBox.Bytes));
    public static MethodInfo ToDynamic => Method(typeof(HlConvert), nameof(HlConvert.ToDynamic));
    public static MethodInfo ToBox => Method(typeof(HlConvert), nameof(HlConvert.ToBox));
    public static MethodInfo FromHaxe => typeof(HlConvert).GetMethod(nameof(HlConvert.FromHaxe), [typeof(object)])!;
    public static MethodInfo FromHaxeTyped => typeof(HlConvert).GetMethod(nameof(HlConvert.FromHaxe), [typeof(object), typeof(HlType)])!;
    public static MethodInfo Text => Method(typeof(HlString), nameof(HlString.TextOf));
    public static MethodInfo ConvertTo => Method(typeof(HlConvert), nameof(HlConvert.To));
    public static MethodInfo NewText => typeof(HlTexts.Place).GetMethod(nameof(HlTexts.Place.Get))!;
    public static MethodInfo Known => typeof(System.Runtime.CompilerServices.Unsafe).GetMethod(nameof(System.Runtime.CompilerServices.Unsafe.As), 1, [typeof(object)])!;
    public static MethodInfo TranslateFault => Method(typeof(HlFaults), nameof(HlFaults.Translate));
    public static MethodInfo Bind => typeof(HlMethod).GetMethod(nameof(HlMethod.Bind))!;
    public static MethodInfo Unwrap => typeof(HlVirtual).GetMethod(nameof(HlVirtual.Unwrap), BindingFlags.Static | BindingFlags.NonPublic)!;
    public static MethodInfo CallFunction => Method(typeof(FunctionCalls), nameof(FunctionCalls.Call));
    public static MethodInfo GetDynamicField => Method(typeof(DynamicField), nameof(DynamicField.Read));
    public static MethodInfo SetDynamicField => Method(typeof(DynamicField), nameof(DynamicField.Write));
    public static MethodInfo CallDynamicField => Method(typeof(DynamicField), nameof(DynamicField.Call));
    public static MethodInfo GetThroughView => Method(typeof(HlField), nameof(HlField.ReadView));
    public static MethodInfo SetThroughView => Method(typeof(HlField), nameof(HlField.WriteView));
    public static MethodInfo Bound => Method(typeof(HlField), nameof(HlField.Bound));
    public static FieldInfo ViewTarget => typeof(HlVirtual).GetField(nameof(HlVirtual.Target), BindingFlags.Instance | BindingFlags.NonPublic)!;

    public static MethodInfo HasDynamicField => Method(typeof(DynamicField), nameof(DynamicField.Has));
    public static MethodInfo GetNamedField => Method(typeof(NamedField), nameof(NamedField.Read));
    public static MethodInfo SetNamedField => Method(typeof(NamedField), nameof(NamedField.Write));
    public static MethodInfo AreEqual => Method(typeof(ObjectOperators), nameof(ObjectOperators.AreEqual));
    public static MethodInfo Compare => Method(typeof(ObjectOperators), nameof(ObjectOperators.Compare));
    public static MethodInfo HasOrder => Method(typeof(ObjectOperators), nameof(ObjectOperators.HasOrder));
    public static MethodInfo IsOfClass => Method(typeof(HlMetaObject), nameof(HlMetaObject.IsOfClass));
    public static MethodInfo ReadMember => Method(typeof(HlMetaObject), nameof(HlMetaObject.ReadMember));
    public static MethodInfo DeleteField => Method(typeof(HlMetaObject), nameof(HlMetaObject.Delete));
    public static PropertyInfo InnerFunction => typeof(HlFunction).GetProperty(nameof(HlFunction.Function), BindingFlags.Instance | BindingFlags.NonPublic)!;
    public static MethodInfo InvokeFunction => typeof(HlFunction).GetMethod(nameof(HlFunction.Invoke))!;
    public static MethodInfo CreateDelegate => Method(typeof(DelegateFactory), nameof(DelegateFactory.Create));
    public static PropertyInfo FunctionContext => typeof(HlFunction).GetProperty(nameof(HlFunction.Context), BindingFlags.Instance | BindingFlags.NonPublic)!;
    public static MethodInfo HasParameters => Method(typeof(FunctionMetaObject), nameof(FunctionMetaObject.HasParameters));
    public static MethodInfo To => Method(typeof(HlConvert), nameof(HlConvert.To));
    public static PropertyInfo EnumParameter => typeof(HlEnum).GetProperty("Item")!;
    public static FieldInfo Statics => typeof(HlClass).GetField(HlClass.StaticsField, BindingFlags.Instance | BindingFlags.NonPublic)!;
    public static MethodInfo NewObject => typeof(HlClass).GetMethod(nameof(HlClass.New))!;
    public static MethodInfo HasStatic => Method(typeof(HlClass), nameof(HlClass.HasStatic));
    public static MethodInfo CreateEnum => typeof(HlEnumClass).GetMethod(nameof(HlEnumClass.TryCreate), BindingFlags.Instance | BindingFlags.NonPublic)!;
    public static MethodInfo FindInNamespace => Method(typeof(NamespaceMetaObject), nameof(NamespaceMetaObject.FindIn));
    public static MethodInfo FindAccess => typeof(GeneralSite).GetMethod(nameof(GeneralSite.Find))!;

    public static MethodInfo FirstRuleTakes => Method(typeof(FirstRule), nameof(FirstRule.Takes));

    /// <summary>The method that calls with this many arguments.</summary>
    public static MethodInfo FirstRuleCall(int arguments) => Method(typeof(FirstRule), "Call" + arguments);

    /// <summary>The method that converts an object to a value of this CLR type.</summary>
    public static MethodInfo Converter(Type type) => Method(typeof(HlConvert),
        type == typeof(int) ? nameof(HlConvert.ToI32)
        : type == typeof(double) ? nameof(HlConvert.ToF64)
        : type == typeof(bool) ? nameof(HlConvert.ToBool)
        : type == typeof(float) ? nameof(HlConvert.ToF32)
        : type == typeof(long) ? nameof(HlConvert.ToI64)
        : type == typeof(byte) ? nameof(HlConvert.ToUI8)
        : type == typeof(ushort) ? nameof(HlConvert.ToUI16)
        : type == typeof(HlBytes) ? nameof(HlConvert.ToBytes)
        : nameof(HlConvert.ToReference));

    private static MethodInfo Method(Type type, string name) =>
        type.GetMethod(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic) ?? throw new MissingMethodException(type.Name, name);
}
