using HlDynamic.Bytecode;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>The classes, enums and packages of a VM, by name.</summary>
internal sealed class ClassDirectory
{
    private readonly Lock building = new();
    private volatile Content? content;

    /// <summary>The directory of a VM.</summary>
    public static ClassDirectory Of(HlContext context)
    {
        ClassDirectory directory = context.State<ClassDirectory>();
        if (directory.content?.Modules != context.Modules.Count)
            directory.Build(context);
        return directory;
    }

    /// <summary>The package of all: the types without a package, and the outermost packages.</summary>
    public HlPackage Root => content!.Root;

    /// <summary>The full names of all classes and enums.</summary>
    public IEnumerable<string> Names => content!.ByName.Keys;

    /// <summary>The class or enum (<see cref="HlClass"/>, <see cref="HlEnumClass"/>) of a full name; null if there is none.</summary>
    public object? Find(string name) => content!.ByName.GetValueOrDefault(name);

    /// <summary>The class whose statics are of this type; null if there is none.</summary>
    public HlClass? FindByStatics(HlType type) => content!.ByStatics.GetValueOrDefault(type);

    private void Build(HlContext context)
    {
        lock (building)
        {
            if (content?.Modules == context.Modules.Count)
                return;
            var next = new Content(context.Modules.Count);
            foreach (HlModuleInstance module in context.Modules)
                foreach (HlType type in module.Types)
                    next.Add(type, content);
            content = next;
        }
    }

    private sealed class Content(int modules)
    {
        public int Modules { get; } = modules;

        public HlPackage Root { get; } = new("");

        public Dictionary<string, object> ByName { get; } = new(StringComparer.Ordinal);

        public Dictionary<HlType, HlClass> ByStatics { get; } = [];

        public void Add(HlType type, Content? previous)
        {
            object? member = type.Definition switch
            {
                HlObjectTypeDef { GlobalIndex: >= 0 } obj when !obj.Name.Contains('$') => (previous?.ByName.GetValueOrDefault(obj.Name) as HlClass) ?? new HlClass(type),
                HlEnumTypeDef { Name.Length: > 0 } e => (previous?.ByName.GetValueOrDefault(e.Name) as HlEnumClass) ?? new HlEnumClass(type),
                _ => null,
            };
            if (member is null || !ByName.TryAdd(type.Name, member))
                return;
            if (member is HlClass c && HlClass.StaticsType(type) is { } statics)
                ByStatics.TryAdd(statics, c);
            HlPackage package = Root;
            string[] path = type.Name.Split('.');
            for (int i = 0; i < path.Length - 1; i++)
            {
                if (package.Find(path[i]) is not HlPackage inner)
                    package.Add(path[i], inner = new HlPackage(string.Join('.', path[..(i + 1)])));
                package = inner;
            }
            package.Add(path[^1], member);
        }
    }
}
