using System.Reflection;
using System.Runtime.CompilerServices;
using NUnit.Framework;

namespace HlDynamic.Tests;

/// <summary>
/// What programs can use of the library, against <c>PublicApi.txt</c>. A change of the public API is made there too,
/// so that a review sees it; set HLDYNAMIC_ACCEPT_API=1 to have the test write the file.
/// </summary>
public sealed class PublicApiTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Test]
    public void The_public_API_is_what_PublicApi_txt_says()
    {
        string path = Path.Combine(Fixtures.Root, "tests", "HlDynamic.Tests", "PublicApi.txt");
        string[] actual = [.. Describe(typeof(HlVm).Assembly)];
        if (Environment.GetEnvironmentVariable("HLDYNAMIC_ACCEPT_API") == "1")
            File.WriteAllLines(path, actual);
        string[] declared = File.ReadAllLines(path);
        IEnumerable<string> difference = declared.Except(actual).Select(line => "- " + line).Concat(actual.Except(declared).Select(line => "+ " + line));
        Assert.That(difference, Is.Empty, "The public API is not what PublicApi.txt says (- is missing, + is not declared). "
            + "If the change is meant, run this test with HLDYNAMIC_ACCEPT_API=1.");
    }

    private static IEnumerable<string> Describe(Assembly assembly)
    {
        foreach (Type type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            string[] parents = [.. new[] { type.BaseType }.Where(b => b != null && b != typeof(object) && b != typeof(ValueType) && b != typeof(Enum)).Concat(Interfaces(type)).Select(t => Name(t!))];
            yield return $"{Modifiers(type)} {FullName(type)}{(parents.Length == 0 ? "" : " : " + string.Join(", ", parents))}";
            foreach (string member in type.GetMembers(Declared).Where(m => IsVisible(m) && !IsOfRecord(m)).Select(Describe).OfType<string>().Distinct().Order(StringComparer.Ordinal))
                yield return $"{FullName(type)}.{member}";
        }
    }

    private static IEnumerable<Type> Interfaces(Type type) => type.IsEnum ? [] :
        type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).Where(i => i.IsVisible).OrderBy(Name, StringComparer.Ordinal);

    private static string Modifiers(Type type) =>
        type.IsEnum ? "enum"
        : type.IsInterface ? "interface"
        : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
        : type.IsValueType ? "struct"
        : type.IsAbstract && type.IsSealed ? "static class"
        : type.IsAbstract ? "abstract class"
        : type.IsSealed ? "sealed class" : "class";

    // What the compiler adds to every record.
    private static bool IsOfRecord(MemberInfo member) => member is MethodInfo && member.IsDefined(typeof(CompilerGeneratedAttribute));

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        PropertyInfo property => property.GetAccessors(true).Any(IsVisible),
        EventInfo e => IsVisible(e.AddMethod!),
        _ => false,
    };

    private static string? Describe(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => constructor.IsStatic ? null : $"new({Parameters(constructor)})",
        MethodInfo { IsSpecialName: true } method when !method.Name.StartsWith("op_", StringComparison.Ordinal) => null,
        MethodInfo method when method.Name.Contains('<') || method.Name.Contains('.') => null,
        MethodInfo method => $"{Static(method.IsStatic)}{method.Name}{Generics(method)}({Parameters(method)}) : {Name(method.ReturnType)}",
        FieldInfo field when field.DeclaringType!.IsEnum => field.IsStatic ? $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue())}" : null,
        FieldInfo field => $"{Static(field.IsStatic)}{field.Name} : {Name(field.FieldType)}",
        PropertyInfo property => $"{Static(property.GetAccessors(true)[0].IsStatic)}{property.Name}{Index(property)} {{ {Accessors(property)} }} : {Name(property.PropertyType)}",
        EventInfo e => $"event {e.Name} : {Name(e.EventHandlerType!)}",
        _ => null,
    };

    private static string Static(bool isStatic) => isStatic ? "static " : "";

    private static string Generics(MethodInfo method) => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Index(PropertyInfo property) =>
        property.GetIndexParameters() is { Length: > 0 } parameters ? $"[{string.Join(", ", parameters.Select(Parameter))}]" : "";

    private static string Accessors(PropertyInfo property) => string.Join(" ", property.GetAccessors(true).Where(IsVisible).Select(a =>
        a.ReturnType != typeof(void) ? "get;" : a.ReturnParameter.GetRequiredCustomModifiers().Length > 0 ? "init;" : "set;"));

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter) =>
        $"{(parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")}{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + (parameter.DefaultValue ?? "null") : "")}";

    private static string FullName(Type type) => type.Namespace + "." + (type.IsNested ? Name(type.DeclaringType!) + "." : "") + Name(type);

    private static string Name(Type type) =>
        type.IsByRef ? "ref " + Name(type.GetElementType()!)
        : type.IsArray ? Name(type.GetElementType()!) + "[]"
        : Nullable.GetUnderlyingType(type) is { } inner ? Name(inner) + "?"
        : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}
