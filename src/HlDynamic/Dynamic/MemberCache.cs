using System.Runtime.CompilerServices;
using HlDynamic.Runtime;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Primitives;

namespace HlDynamic.Dynamic;

/// <summary>
/// What a VM knows of the members that are used by name: by type (or the name of a class, for its statics), member and
/// number of arguments. In front are two small tables, one with a quick hash and one with a good one. Behind them is a bounded
/// cache. All go with the VM.
/// </summary>
internal sealed class MemberCache
{
    // A hit in a table allocates nothing and costs a few ns; one in the MemoryCache hundreds, and its key. (perf/README.md)
    private const int TableSize = 512, Limit = 4096;

    private readonly CachedAccess?[] table = new CachedAccess?[TableSize], texts = new CachedAccess?[TableSize];
    private readonly CancellationTokenSource released = new();
    private readonly Lazy<MemoryCache> cache = new(() => new MemoryCache(new MemoryCacheOptions { SizeLimit = Limit }));

    /// <summary>The cache of a VM.</summary>
    public static MemberCache Of(HlContext context) => context.MemberCache as MemberCache ?? Create(context);

    /// <summary>Forgets everything, for the VM is disposed; what is used by name from then on is searched each time.</summary>
    public static void Release(HlContext context)
    {
        MemberCache cache = Of(context);
        cache.released.Cancel();
        Array.Clear(cache.table);
        Array.Clear(cache.texts);
        if (cache.cache.IsValueCreated)
            cache.cache.Value.Dispose();
    }

    /// <summary>How many entries the cache behind the table has.</summary>
    internal int Count => cache.IsValueCreated && !released.IsCancellationRequested ? cache.Value.Count : 0;

    /// <summary>The access to a member.</summary>
    /// <param name="owner">The type of the object, or the name of the class whose statics are meant.</param>
    /// <param name="name">The member.</param>
    /// <param name="arity">The number of arguments, or what else is done with the member.</param>
    /// <param name="state">What <paramref name="find"/> needs.</param>
    /// <param name="find">Finds the access, if it is not known yet.</param>
    public CachedAccess Get<T>(object owner, string name, int arity, T state, Func<T, string, int, CachedAccess> find)
    {
        ArgumentNullException.ThrowIfNull(name);
        var className = owner as string;
        int slot = ((Hash(name) * 31) + (className is null ? RuntimeHelpers.GetHashCode(owner) : Hash(className)) + arity) & (TableSize - 1);
        return table[slot] is { } known && known.Arity == arity && known.Name == name
            && (ReferenceEquals(known.Owner, owner) || (className is not null && known.Owner is string other && other == className))
            ? known
            : GetOther(slot, owner, name, arity, state, find);
    }

    // Where names are not told apart, the second table does.
    private static int Hash(string name) => name.Length == 0 ? 0 : HlText.RoughHash(name);

    private CachedAccess GetOther<T>(int slot, object owner, string name, int arity, T state, Func<T, string, int, CachedAccess> find)
    {
        if (released.IsCancellationRequested)
            return find(state, name, arity);
        int textSlot = (name.GetHashCode() * 31 + owner.GetHashCode() + arity) & (TableSize - 1);
        if (texts[textSlot] is { } known && known.Arity == arity && known.Name == name && known.Owner.Equals(owner))
            return known;
        var key = new Key(owner, name, arity);
        if (!cache.Value.TryGetValue(key, out CachedAccess? access) || access is null)
        {
            access = find(state, name, arity);
            cache.Value.Set(key, access, new MemoryCacheEntryOptions { Size = 1 }.AddExpirationToken(new CancellationChangeToken(released.Token)));
        }
        texts[textSlot] = access;
        table[slot] = access;
        return access;
    }

    private static MemberCache Create(HlContext context)
    {
        MemberCache cache = context.State<MemberCache>();
        context.MemberCache = cache;
        return cache;
    }

    // Types are compared by reference, names of classes as texts.
    private readonly record struct Key(object Owner, string Name, int Arity);
}
