using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>A table from an object's class to the compiled access to a member; the inline cache of a <see cref="GeneralRule"/>.</summary>
/// <param name="access">What is done with the member.</param>
/// <param name="signature">The type of the delegates: the target, the arguments, the result. No type parameter, for which .NET would make all of this anew.</param>
internal sealed class GeneralSite(MemberAccess access, Type signature)
{
    private readonly Dictionary<HlMember, Delegate> shared = new(ReferenceEqualityComparer.Instance);
    private readonly Lock writing = new();
    private Entry[] table = new Entry[8];
    private int count;
    // Classes that can be unloaded are held weakly, which costs 10 ns an access.
    private ConditionalWeakTable<Type, Delegate>? collectible;

    private struct Entry
    {
        public Type? Type;
        public Delegate Access;
    }

    /// <summary>The access for the target's class; null if there is no such member, or the target is no Haxe object.</summary>
    public Delegate? Find(object? target)
    {
        if (target is null)
            return null;
        Type type = target.GetType();
        Entry[] current = table;
        for (int i = Hash(type); ; i++)
        {
            ref Entry entry = ref current[i & (current.Length - 1)];
            if ((object?)entry.Type == type)
                return entry.Access;
            if (entry.Type is null)
                return FindOther(target as HlObject, type);
        }
    }

    // The address of what the runtime knows of the type; types lie some hundred bytes from each other.
    private static int Hash(Type type) => (int)(((ulong)type.TypeHandle.Value * 0x9E3779B97F4A7C15) >> 40);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Delegate? FindOther(HlObject? target, Type type)
    {
        if (target is null)
            return null;
        Delegate? found = null;
        if (collectible?.TryGetValue(type, out found) == true)
            return found;
        lock (writing)
        {
            ParameterExpression[] parameters = Parameters();
            if (access.Find(target, parameters[1..]) is not { } member)
                return null;
            // Classes that inherit a member share the access to it.
            if (!type.IsCollectible && shared.TryGetValue(member, out found))
            {
                Add(type, found);
                return found;
            }
            if (Build(member, parameters) is not { } body)
                return null;
            if (type.IsCollectible)
            {
                found = Compile(body, parameters);
                (collectible ??= []).AddOrUpdate(type, found);
                return found;
            }
            found = FirstUses.Of(this, access, member, signature) ?? Compile(body, parameters);
            shared.Add(member, found);
            Add(type, found);
            return found;
        }
    }

    /// <summary>Compiles the access to a member that has been used by value so far.</summary>
    public void Compile(HlMember member)
    {
        lock (writing)
        {
            Delegate before = shared[member];
            ParameterExpression[] parameters = Parameters();
            Delegate compiled = Compile(Build(member, parameters)!, parameters);
            shared[member] = compiled;
            for (int i = 0; i < table.Length; i++)
                if (ReferenceEquals(table[i].Access, before))
                    Volatile.Write(ref table[i].Access, compiled);
        }
    }

    private ParameterExpression[] Parameters() =>
        Array.ConvertAll(signature.GetMethod("Invoke")!.GetParameters(), static p => Expression.Parameter(p.ParameterType));

    private Expression? Build(HlMember member, ParameterExpression[] parameters) =>
        access.Build(member, ValueExpressions.KnownAs(parameters[0], member.Owner.ClrType), parameters[1..], out _);

    private Delegate Compile(Expression body, ParameterExpression[] parameters) => Expression.Lambda(signature, body, parameters).Compile();

    // Readers take no lock, so a table that they can see is never changed but by adding to it, class last.
    private void Add(Type type, Delegate value)
    {
        if ((count + 1) * 2 > table.Length)
        {
            var larger = new Entry[table.Length * 2];
            foreach (Entry entry in table)
                if (entry.Type is not null)
                    Insert(larger, entry.Type, entry.Access);
            Insert(larger, type, value);
            Volatile.Write(ref table, larger);
        }
        else
        {
            Insert(table, type, value);
        }
        count++;
    }

    private static void Insert(Entry[] table, Type type, Delegate value)
    {
        int i = Hash(type) & (table.Length - 1);
        while (table[i].Type is not null)
            i = (i + 1) & (table.Length - 1);
        table[i].Access = value;
        Volatile.Write(ref table[i].Type, type);
    }
}
