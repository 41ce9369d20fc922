using System.Runtime.CompilerServices;

namespace HlDynamic.Dynamic;

/// <summary>
/// Which classes the call sites of a binder have met. A meta object does not get to know the call site, but its
/// binder: C# makes one for each call site, and shares it among sites of one class that do the same with the same name.
/// </summary>
internal sealed class BinderHistory
{
    /// <summary>
    /// How many classes get a rule of their own. One class costs 3 ns an access; where classes alternate, 2 rules cost
    /// 22 ns, 4 rules 40 ns, 8 rules 65 ns, and the general rule 6 ns with any number. (perf/README.md)
    /// </summary>
    public const int MaxTypes = 1;

    /// <summary>How many types of functions get a rule of their own; after them, calls take their arguments in an array.</summary>
    public const int MaxFunctionTypes = 4;

    private static readonly ConditionalWeakTable<CallSiteBinder, BinderHistory> Histories = new();

    private readonly List<Type> types = [];
    private readonly Dictionary<Type, GeneralSite> sites = [];

    /// <summary>The history of a binder, which lives as long as the binder.</summary>
    public static BinderHistory Of(CallSiteBinder binder) => Histories.GetOrCreateValue(binder);

    /// <summary>Notes a class. True if it is one too many for a rule of its own.</summary>
    public bool IsPolymorphic(Type type, int max = MaxTypes)
    {
        lock (types)
        {
            if (types.Contains(type))
                return false;
            if (types.Count >= max)
                return true;
            types.Add(type);
            return false;
        }
    }

    /// <summary>The general site for calls of a signature; all general rules of the binder with this signature share it.</summary>
    public GeneralSite GetSite(Type signature, MemberAccess access)
    {
        lock (sites)
        {
            if (!sites.TryGetValue(signature, out GeneralSite? site))
                sites.Add(signature, site = new GeneralSite(access, signature));
            return site;
        }
    }
}
