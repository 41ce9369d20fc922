using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace HlDynamic.Runtime;

/// <summary>
/// Delegate types that a module's code has no need of, but .NET programs have: of methods with references among their
/// parameters, taken as values. They are made in the load context of the module, where the names of its classes mean
/// those classes; VMs of one program have classes of the same names.
/// </summary>
internal static class HlDelegateTypes
{
    private static readonly ConditionalWeakTable<Assembly, Set> Sets = new();

    /// <summary>The delegate type of a name and signature.</summary>
    public static Type Get(Assembly assembly, string name, Type[] parameters, Type result) =>
        Sets.GetValue(assembly, static a => new Set(a)).Get(name, parameters, result);

    private sealed class Set(Assembly assembly)
    {
        private readonly ConcurrentDictionary<string, Type> types = new(StringComparer.Ordinal);
        private readonly Lock making = new();
        private ModuleBuilder? module;

        public Type Get(string name, Type[] parameters, Type result)
        {
            if (types.TryGetValue(name, out Type? found))
                return found;
            lock (making)
                return types.GetOrAdd(name, _ => Make(name, parameters, result));
        }

        private Type Make(string name, Type[] parameters, Type result)
        {
            module ??= CreateModule();
            TypeBuilder type = module.DefineType(name, TypeAttributes.Public | TypeAttributes.Sealed, typeof(MulticastDelegate));
            const MethodAttributes special = MethodAttributes.Public | MethodAttributes.HideBySig | MethodAttributes.RTSpecialName | MethodAttributes.SpecialName;
            type.DefineConstructor(special, CallingConventions.Standard, [typeof(object), typeof(nint)]).SetImplementationFlags(MethodImplAttributes.Runtime);
            type.DefineMethod("Invoke", MethodAttributes.Public | MethodAttributes.HideBySig | MethodAttributes.NewSlot | MethodAttributes.Virtual, result, parameters)
                .SetImplementationFlags(MethodImplAttributes.Runtime);
            return type.CreateType();
        }

        private ModuleBuilder CreateModule()
        {
            AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(assembly)!;
            using (context.EnterContextualReflection())
            {
                return AssemblyBuilder.DefineDynamicAssembly(new AssemblyName(assembly.GetName().Name + ".Delegates"),
                    context.IsCollectible ? AssemblyBuilderAccess.RunAndCollect : AssemblyBuilderAccess.Run).DefineDynamicModule("Delegates");
            }
        }
    }
}
