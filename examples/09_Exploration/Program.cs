using System.Dynamic;
using System.Linq.Expressions;
using HlDynamic;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;

using HlVm vm = HlVm.Load(Path.Combine(AppContext.BaseDirectory, "arena.hl"));

// The classes of a package, and what is in them.
foreach (HlType type in vm.Types.Where(t => t.Kind == HlTypeKind.Obj && t.Package == "game" && !t.Name.Contains('$')).OrderBy(t => t.Name, StringComparer.Ordinal))
{
    Console.WriteLine($"class {type.Name}{(type.Super is null ? "" : " extends " + type.Super.Name)}");
    Console.WriteLine($"  {type.GetConstructor()}");
    foreach (HlFieldInfo field in type.GetFields().Where(f => f.DeclaringType == type))
        Console.WriteLine($"  {field}");
    foreach (HlMethodInfo method in type.GetMethods().Where(m => m.DeclaringType == type && !m.Name.StartsWith('_')))
        Console.WriteLine($"  {method}");
}

HlType rules = vm.FindType("Rules")!;
Console.WriteLine(string.Join(", ", rules.GetStaticMethods().Where(m => m.Name is "damage" or "sum")));
Console.WriteLine(string.Join(" | ", vm.FindType("Weather")!.GetEnumConstructors()));

// An object: what it is, what it has.
object lot = vm.New("game.Knight", "Lot");
Console.WriteLine($"{lot} is a {vm.TypeOf(lot)!.Name}, a Hero: {vm.FindType("game.Hero")!.IsInstanceOf(lot)}");
DynamicMetaObject meta = ((IDynamicMetaObjectProvider)lot).GetMetaObject(Expression.Constant(lot));
Console.WriteLine(string.Join(" ", meta.GetDynamicMemberNames().Where(n => HlObject.TryGet(lot, n, out int _)).Select(n => $"{n}={HlObject.Get(lot, n)}")));
