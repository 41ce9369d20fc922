using System.Reflection;
using System.Runtime.CompilerServices;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>
/// A C# record or class that Haxe objects can be copied to: its constructor's parameters, or its properties where it
/// has a constructor without any, are taken from the fields of the same names, in either case of the first letter.
/// </summary>
internal sealed class RecordShape
{
    private static readonly ConditionalWeakTable<Type, RecordShape> Shapes = new();
    private readonly ConstructorInfo? constructor;
    private readonly ParameterInfo[] parameters = [];
    private readonly PropertyInfo[] properties = [];

    private RecordShape(Type type)
    {
        ConstructorInfo[] all = type.GetConstructors();
        // The one with most parameters; a record's copy constructor is not public.
        constructor = all.OrderByDescending(c => c.GetParameters().Length).FirstOrDefault();
        ConstructorInfo? plain = Array.Find(all, c => c.GetParameters().Length == 0);
        if (plain is not null)
        {
            constructor = plain;
            properties = [.. type.GetProperties().Where(p => p.SetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0)];
        }
        parameters = constructor?.GetParameters() ?? [];
        IsStructure = type.IsValueType && all.Length == 0;
        if (IsStructure)
            properties = [.. type.GetProperties().Where(p => p.SetMethod is { IsPublic: true })];
        Type = type;
    }

    private Type Type { get; }

    private bool IsStructure { get; }

    /// <summary>The shape of a type; null if objects of it cannot be made so.</summary>
    public static RecordShape? Of(Type type)
    {
        if (type.IsAbstract || type.IsPrimitive || type.IsEnum || type.IsArray || type == typeof(object) || type.ContainsGenericParameters
            || typeof(HlObject).IsAssignableFrom(type) || typeof(Delegate).IsAssignableFrom(type) || type.Assembly == typeof(object).Assembly)
            return null;
        RecordShape shape = Shapes.GetValue(type, static t => new RecordShape(t));
        return shape.parameters.Length + shape.properties.Length > 0 && (shape.constructor is not null || shape.IsStructure) ? shape : null;
    }

    /// <summary>An object with the values of a Haxe object's fields; null if it lacks one that the constructor needs.</summary>
    /// <exception cref="HlConversionException">A field is of another type.</exception>
    public object? Create(HlObject source)
    {
        var arguments = new object?[parameters.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            if (TryRead(source, parameters[i].Name!, parameters[i].ParameterType, out arguments[i]))
                continue;
            // A field that may be absent is null.
            if (!parameters[i].HasDefaultValue && new NullabilityInfoContext().Create(parameters[i]).WriteState != NullabilityState.Nullable)
                return null;
            arguments[i] = parameters[i].HasDefaultValue ? parameters[i].DefaultValue : null;
        }
        object created = constructor is not null
            ? constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null)
            : Activator.CreateInstance(Type)!;
        bool found = arguments.Length > 0;
        foreach (PropertyInfo property in properties)
        {
            if (!TryRead(source, property.Name, property.PropertyType, out object? value))
                continue;
            property.SetValue(created, value);
            found = true;
        }
        return found ? created : null;
    }

    private static bool TryRead(HlObject source, string name, Type type, out object? value)
    {
        value = null;
        HlContext context = source.Type.Context;
        string? field = Names(name).FirstOrDefault(n => HlFields.Has(context, source, context.Hash(n)) || HlProperty.Find(source.Type, n) is not null);
        if (field is null)
            return false;
        value = MemberFinder.Require(source, field).GetValue(source);
        value = ConvertTo(value, type, $"{source.Type.Name}.{field}");
        return true;
    }

    private static IEnumerable<string> Names(string name) => [name, char.ToLowerInvariant(name[0]) + name[1..], char.ToUpperInvariant(name[0]) + name[1..]];

    private static object? ConvertTo(object? value, Type type, string place)
    {
        if (value is null && (!type.IsValueType || Nullable.GetUnderlyingType(type) is not null))
            return null;
        if (value is not null && type.IsInstanceOfType(value))
            return value;
        return DotNetValues.TryConvert(value, type, out object? converted)
            ? converted
            : throw new HlConversionException($"{place} is {HaxeNames.Show(value)}, which is no {type}.", value);
    }
}
