using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.CompilerServices;
using HlDynamic.Bytecode;
using HlDynamic.Primitives;
using HlDynamic.Runtime;
using HlDynamic.Tests.Bytecode;
using HlDynamic.Tests.Compilation;
using NUnit.Framework;
using static HlDynamic.Tests.Bytecode.ModuleBuilder;

namespace HlDynamic.Tests.Primitives;

/// <summary>
/// All natives that HashLink's library exports, with the signatures it gives them (StdNatives.txt): each can be
/// called, or is left out for a reason that the error names.
/// </summary>
public sealed class StdNativesTests
{
    private const int Count = 323;
    private static readonly Native[] All = Read();
    private readonly TestModule module = new();
    private readonly Dictionary<string, int> callers = [];
    private readonly Dictionary<string, int> types = [];

    private static IEnumerable<TestCaseData> Unsupported =>
        All.Where(n => n.Reason is not null).Select(n => new TestCaseData(n.Name, n.Reason).SetArgDisplayNames(n.Name));

    /// <summary>One module with a function for each native that calls it with zeros and nulls.</summary>
    [OneTimeSetUp]
    public void Build()
    {
        foreach ((string name, string[] signature, _) in All)
        {
            int[] all = [.. signature.Select(TypeOf)];
            int native = module.AddNative("std", name, all[0], all[1..]);
            int[] arguments = [.. Enumerable.Range(1, all.Length - 1)];
            callers.Add(name, module.Add(all[0], [], all, Op(HlOpcode.OCallN, [0, native, arguments.Length, .. arguments]), Op(HlOpcode.ORet, 0)));
        }
    }

    [Test]
    public void The_table_is_complete()
    {
        Assert.That(All, Has.Length.EqualTo(Count));
        Assert.That(All.Select(n => n.Name), Is.Unique);
    }

    [Test]
    public void Every_native_is_provided_with_a_signature_that_fits()
    {
        var missing = new List<string>();
        foreach (Native native in All)
        {
            MethodInfo caller = module.Vm.Program.GetMethod(module.Vm.Module.FindFunction(callers[native.Name])!);
            MethodBase[] called = [.. Called(caller)];
            RuntimeHelpers.PrepareMethod(caller.MethodHandle);
            if (!called.Contains(PrimitiveTable.Find("std", native.Name)))
                missing.Add($"{native.Name} {string.Join(' ', native.Signature)}: calls {string.Join(", ", called.Select(m => m.Name))}");
        }

        Assert.That(missing, Is.Empty);
    }

    [TestCaseSource(nameof(Unsupported))]
    public void A_native_that_is_not_supported_says_why(string name, string reason)
    {
        var error = Assert.Throws<HlUnsupportedException>(() => module.Call(callers[name]));

        Assert.That((error!.Library, error.NativeName, error.Reason, error.Code), Is.EqualTo(("std", name, reason, HlErrorCode.Unsupported)));
        Assert.That(error.Message, Is.EqualTo($"The native std.{name} is not supported: {reason}."));
    }

    [Test]
    public void No_other_native_is_left_out()
    {
        var found = from method in All.Select(n => (n.Name, Method: PrimitiveTable.Find("std", n.Name)!))
                    where Called(method.Method).Any(m => m.Name == "Unsupported" || m.DeclaringType == typeof(HlUnsupportedException))
                    select method.Name;
        Assert.That(found, Is.EquivalentTo(All.Where(n => n.Reason is not null).Select(n => n.Name)));
    }

    // ref(i32), fun(result,parameters), abstract(name) …
    private int TypeOf(string name)
    {
        if (types.TryGetValue(name, out int known))
            return known;
        ModuleBuilder builder = module.Builder;
        int open = name.IndexOf('(');
        string inner = open < 0 ? "" : name[(open + 1)..^1];
        return types[name] = (open < 0 ? name : name[..open]) switch
        {
            "void" => module.Void,
            "i32" => module.I32,
            "i64" => module.I64,
            "f64" => module.F64,
            "bool" => module.Bool,
            "bytes" => module.Bytes,
            "dynamic" => module.Dyn,
            "array" => builder.Type(HlTypeKind.Array),
            "type" => builder.Type(HlTypeKind.Type),
            "ref" => builder.Wrapper(HlTypeKind.Ref, TypeOf(inner)),
            "null" => builder.Wrapper(HlTypeKind.Null, TypeOf(inner)),
            "abstract" => builder.Abstract(inner),
            "fun" when inner.Split(',').Select(TypeOf).ToArray() is var all => builder.Fun(all[0], all[1..]),
            _ => throw new FormatException(name),
        };
    }

    private static unsafe MethodBase[] Called(MethodInfo method)
    {
        byte[] il = method.GetMethodBody()!.GetILAsByteArray()!;
        fixed (byte* start = il)
            return
            [
                .. IlTokens.Of(new BlobReader(start, il.Length)).Select(t => method.Module.ResolveMember(MetadataTokens.GetToken(t))).OfType<MethodBase>(),
            ];
    }

    private static Native[] Read() =>
    [
        .. from line in File.ReadLines(Path.Combine(Fixtures.Root, "tests", "HlDynamic.Tests", "Primitives", "StdNatives.txt"))
           where !line.StartsWith('#')
           let columns = line.Split('\t')
           select new Native(columns[0], columns[1].Split(' '), columns.ElementAtOrDefault(2)),
    ];

    private sealed record Native(string Name, string[] Signature, string? Reason);
}
