using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

/// <summary>
/// What Haxe's own <c>Type.typeof</c> answered for values of a class, where it answers the same for all of them. It makes a
/// new enum value each time, so its answers are only given again to code that takes them apart and keeps nothing of them.
/// </summary>
internal sealed class HlTypeofs
{
    private const int Count = 64;

    private readonly Answer?[] answers = new Answer?[Count];
    private HlEnum? ofNull, ofWhole, ofFraction, ofText, ofDynObj;

    private sealed class Answer(Type type, HlEnum value)
    {
        public readonly Type Type = type;
        public readonly HlEnum Value = value;
    }

    /// <summary>What was answered for a value of the same class; null if that is not known.</summary>
    /// <param name="value">The value.</param>
    /// <param name="text">The value again, if it is a string of the module's class.</param>
    public HlEnum? Find(object? value, HlString? text)
    {
        if (text is not null)
            return ofText;
        if (value is null)
            return ofNull;
        if (value is double number)
            return IsWhole(number) ? ofWhole : ofFraction;
        if (value is HlDynObj)
            return ofDynObj;
        Type type = value.GetType();
        return answers[Slot(type)] is { } found && found.Type == type ? found.Value : null;
    }

    /// <summary>Remembers what was answered for a value, where it holds for others, too.</summary>
    /// <param name="value">The value.</param>
    /// <param name="text">The value again, if it is a string of the module's class.</param>
    /// <param name="answer">The answer.</param>
    public void Keep(object? value, HlString? text, HlEnum? answer)
    {
        if (answer is null || answer.Count > 1 || answer.Count == 1 != value is HlObject and not HlDynObj)
            return;
        switch (value)
        {
            case null:
                ofNull = answer;
                break;
            case double number when IsWhole(number):
                ofWhole = answer;
                break;
            case double:
                ofFraction = answer;
                break;
            case HlDynObj:
                ofDynObj = answer;
                break;
            case HlString when text is not null:
                ofText = answer;
                break;
            // A class that is not ready yet answers otherwise, without itself as an argument.
            case int or bool or HlObject { Type.Kind: HlTypeKind.Obj }:
                answers[Slot(value.GetType())] = new Answer(value.GetType(), answer);
                break;
        }
    }

    private static bool IsWhole(double number) => number == (int)number;

    private static int Slot(Type type) => (int)(type.TypeHandle.Value >> 5) & (Count - 1);
}
