using System.Reflection;
using HlDynamic.Bytecode;
using HlDynamic.Compilation.Emit;
using HlDynamic.Runtime;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>
/// Methods that cast dynamic values to classes and structures. What needs a conversion is kept out of the code that
/// asks; where the module has few classes that fit, they are compared with one by one, which beats a search.
/// </summary>
internal sealed class ClassCasts(ModuleEmitter module)
{
    private readonly Dictionary<HlTypeDef, MethodDefinition> casts = [], unsafeCasts = [], conversions = [], refusals = [];

    /// <summary>
    /// The method, to be inlined, that casts to a structure, or to a class with no or few others derived from it; null
    /// for other classes.
    /// </summary>
    /// <param name="to">The class or structure.</param>
    /// <param name="isUnsafe">
    /// Whether it is the cast for which the compiler vouches. HashLink does not look at the object then; here, one of another
    /// class is an error. Nothing being converted, the code around it keeps what it has in registers.
    /// </param>
    public MethodDefinition? Find(HlTypeDef to, bool isUnsafe) =>
        NeverConverts(to, isUnsafe) ? Find(to, unsafeCasts, Refusal) : Find(to, casts, Conversion);

    /// <summary>Whether a cast is one for which the compiler vouches, so that nothing is converted.</summary>
    public bool NeverConverts(HlTypeDef to, bool isUnsafe) =>
        isUnsafe && to is HlObjectTypeDef plain && module.Types.Class(plain) is { Known: null } shape && shape.Root == typeof(HlObject);

    private MethodDefinition? Find(HlTypeDef to, Dictionary<HlTypeDef, MethodDefinition> made, Func<HlTypeDef, MethodDefinition> otherwise)
    {
        if (made.TryGetValue(to, out MethodDefinition? known))
            return known;
        if (!HasTests(to))
            return null;
        MethodDefinition cast = module.DefineHelper("cast", module.Types.Of(to), [typeof(object)], MethodImplAttributes.AggressiveInlining);
        made.Add(to, cast);
        CodeWriter il = cast.Code;
        Label isNull = new();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Brfalse, isNull);
        EmitTests(il, to, () => il.Emit(OpCodes.Ldarg_0), _ => il.Emit(OpCodes.Ret));
        if (to is HlVirtualTypeDef)
        {
            Label other = new();
            EmitViewTest(il, to, () => il.Emit(OpCodes.Ldarg_0), other);
            il.Emit(OpCodes.Ret);
            il.MarkLabel(other);
        }
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, otherwise(to));
        il.Emit(ReferenceEquals(made, unsafeCasts) ? OpCodes.Throw : OpCodes.Ret);
        il.MarkLabel(isNull);
        il.Emit(OpCodes.Ldnull);
        il.Emit(OpCodes.Ret);
        cast.Seal();
        return cast;
    }

    /// <summary>Whether objects of a structure or class are recognised by comparing classes: there are few.</summary>
    public bool HasTests(HlTypeDef to) => to is not HlObjectTypeDef of || module.Types.FamilyOf(of) is not null;

    /// <summary>Loads an object that is not null as a structure, if it is a view of its type.</summary>
    /// <param name="il">Where to.</param>
    /// <param name="to">The structure.</param>
    /// <param name="load">Loads the object.</param>
    /// <param name="other">Where other objects lead to.</param>
    public void EmitViewTest(CodeWriter il, HlTypeDef to, Action load, Label other)
    {
        load();
        il.Emit(OpCodes.Isinst, module.Types.Of(to));
        il.Emit(OpCodes.Brfalse, other);
        load();
        il.Emit(OpCodes.Call, new GenericMethod(RuntimeMembers.As, module.Types.Of(to)));
    }

    /// <summary>Emits the comparisons that find out whether an object, which is not null, needs no conversion and is no view.</summary>
    /// <param name="il">Where to.</param>
    /// <param name="to">The class or structure.</param>
    /// <param name="load">Loads the object.</param>
    /// <param name="found">What is to be done with it, of the wanted type on the stack, if it needs none, by its own type; must not fall through.</param>
    public void EmitTests(CodeWriter il, HlTypeDef to, Action load, Action<HlTypeDef> found)
    {
        IReadOnlyList<HlTypeDef> family = to is HlObjectTypeDef of ? module.Types.FamilyOf(of)! : [to];
        // What is common comes first and in one piece: where it was not profiled, the JIT leaves code as it stands. A base
        // class is often one that has no objects of its own.
        for (int i = family.Count - 1; i >= 0; i--)
        {
            Label next = new();
            load();
            il.Emit(OpCodes.Call, RuntimeMembers.GetClass);
            il.Emit(OpCodes.Ldtoken, module.Types.Of(family[i]));
            il.Emit(OpCodes.Call, RuntimeMembers.GetTypeFromHandle);
            il.Emit(OpCodes.Bne_Un, next);
            load();
            il.Emit(OpCodes.Call, new GenericMethod(RuntimeMembers.As, module.Types.Of(to)));
            found(family[i]);
            il.MarkLabel(next);
        }
    }

    /// <summary>The method that makes the error that an object is of no class that fits.</summary>
    public MethodDefinition Refusal(HlTypeDef to)
    {
        if (refusals.TryGetValue(to, out MethodDefinition? known))
            return known;
        MethodDefinition refusal = module.DefineHelper("refuse", typeof(Exception), [typeof(object)], MethodImplAttributes.NoInlining);
        refusals.Add(to, refusal);
        var code = new CodeEmitter(module, refusal.Code);
        code.LoadArgument(0);
        code.LoadType(to);
        code.IL.Emit(OpCodes.Call, RuntimeMembers.Named(typeof(HlCast), nameof(HlCast.Refuse)));
        code.IL.Emit(OpCodes.Ret);
        refusal.Seal();
        return refusal;
    }

    /// <summary>The method that casts to a class or structure the general way.</summary>
    public MethodDefinition Conversion(HlTypeDef to)
    {
        if (conversions.TryGetValue(to, out MethodDefinition? known))
            return known;
        MethodDefinition conversion = module.DefineHelper("convert", module.Types.Of(to), [typeof(object)], MethodImplAttributes.NoInlining);
        conversions.Add(to, conversion);
        var code = new CodeEmitter(module, conversion.Code);
        code.LoadArgument(0);
        code.SafeCast(module.DynType, to);
        code.IL.Emit(OpCodes.Ret);
        conversion.Seal();
        return conversion;
    }
}
