using System.Reflection;
using HlDynamic.Compilation.Emit;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using OpCode = System.Reflection.Emit.OpCode;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>
/// Emits how code reaches the fields of structures. A structure that holds its fields itself is read directly; a view
/// of another object goes through a virtual method, which views of a class known when the module is compiled override
/// with a direct access, and which otherwise looks the field up by its name.
/// </summary>
internal sealed class StructureAccess(ModuleEmitter module)
{
    // A cast between structures asks for no more classes than this.
    private const int MaxSources = 4;
    private readonly List<View> views = [];
    private readonly Dictionary<string, MethodDefinition?> casts = [];

    private sealed record View(StructureShape Shape, HlObjectTypeDef Source, TypeDefinition Type);

    /// <summary>The method that reads a field.</summary>
    public MethodDefinition Getter(StructureShape shape, int index)
    {
        StructureAccessors accessors = shape.Accessors[index] ??= new StructureAccessors();
        if (accessors.Get is { } known)
            return known;
        HlFieldDef field = shape.Type.Fields[index];
        ClrType type = module.Types.Of(field.Type);
        MethodDefinition through = accessors.GetThrough = DefineVirtual(shape, "get$" + field.Name + index, type, []);
        var code = new CodeEmitter(module, through.Code);
        LoadSiteAndTarget(code, field.Name);
        EmitSiteGet(code, field.Type);
        code.IL.Emit(OpCodes.Ret);
        through.Seal();

        MethodDefinition get = accessors.Get = DefineInline(shape, "get_" + field.Name + index, type, []);
        CodeWriter il = get.Code;
        Label view = BranchIfView(il);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, shape.Fields[index]);
        il.Emit(OpCodes.Ret);
        il.MarkLabel(view);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Callvirt, through);
        il.Emit(OpCodes.Ret);
        get.Seal();
        return get;
    }

    /// <summary>The method that writes a field.</summary>
    public MethodDefinition Setter(StructureShape shape, int index)
    {
        StructureAccessors accessors = shape.Accessors[index] ??= new StructureAccessors();
        if (accessors.Set is { } known)
            return known;
        HlFieldDef field = shape.Type.Fields[index];
        ClrType type = module.Types.OfParameter(field.Type);
        MethodDefinition through = accessors.SetThrough = DefineVirtual(shape, "set$" + field.Name + index, typeof(void), [type]);
        var code = new CodeEmitter(module, through.Code);
        LoadSiteAndTarget(code, field.Name);
        code.LoadArgument(1);
        EmitSiteSet(code, field.Type);
        code.IL.Emit(OpCodes.Ret);
        through.Seal();

        MethodDefinition set = accessors.Set = DefineInline(shape, "set_" + field.Name + index, typeof(void), [type]);
        CodeWriter il = set.Code;
        Label view = BranchIfView(il);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Stfld, shape.Fields[index]);
        il.Emit(OpCodes.Ret);
        il.MarkLabel(view);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Callvirt, through);
        il.Emit(OpCodes.Ret);
        set.Seal();
        return set;
    }

    /// <summary>The method that calls a field that holds a function.</summary>
    public MethodDefinition Caller(StructureShape shape, int index)
    {
        StructureAccessors accessors = shape.Accessors[index] ??= new StructureAccessors();
        if (accessors.Call is { } known)
            return known;
        HlFieldDef field = shape.Type.Fields[index];
        var type = (HlFunctionTypeDef)field.Type;
        DelegateShape shapeOfField = module.Types.Delegate(type, 0);
        MethodDefinition call = accessors.Call = DefineVirtual(shape, "call$" + field.Name + index,
            module.Types.Of(type.Return), module.Types.OfParameters(type.Parameters));
        var code = new CodeEmitter(module, call.Code);
        CodeWriter il = code.IL;
        Label view = BranchIfView(il);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, shape.Fields[index]);
        for (int i = 0; i < type.Parameters.Length; i++)
            code.LoadArgument(i + 1);
        il.Emit(OpCodes.Callvirt, shapeOfField.Invoke);
        il.Emit(OpCodes.Ret);
        il.MarkLabel(view);
        LoadSiteAndTarget(code, field.Name);
        code.LoadInt(type.Parameters.Length);
        il.Emit(OpCodes.Newarr, typeof(object));
        for (int i = 0; i < type.Parameters.Length; i++)
        {
            il.Emit(OpCodes.Dup);
            code.LoadInt(i);
            code.LoadArgument(i + 1);
            if (type.Parameters[i].Kind != HlTypeKind.Void)
                code.Box(type.Parameters[i]);
            il.Emit(OpCodes.Stelem_Ref);
        }
        il.Emit(OpCodes.Call, RuntimeMembers.SiteCall);
        code.SafeCast(module.DynType, type.Return);
        il.Emit(OpCodes.Ret);
        call.Seal();
        return call;
    }

    /// <summary>
    /// The method that calls a field that holds a function of one argument, for an integer and perhaps with one, where
    /// the function takes and returns anything: what <see cref="Caller"/> does, without boxes.
    /// </summary>
    public MethodDefinition IntCaller(StructureShape shape, int index, bool takesInt)
    {
        MethodDefinition boxed = Caller(shape, index);
        StructureAccessors accessors = shape.Accessors[index]!;
        ref MethodDefinition? caller = ref accessors.CallForInt;
        if (takesInt)
            caller = ref accessors.CallIntForInt;
        if (caller is not null)
            return caller;
        caller = DefineVirtual(shape, boxed.Name + (takesInt ? "$ints" : "$int"), typeof(int), [IntCallerTakes(shape.Type.Fields[index], takesInt)]);
        var code = new CodeEmitter(module, caller.Code);
        code.IL.Emit(OpCodes.Ldarg_0);
        code.LoadArgument(1);
        if (takesInt)
            code.Box(module.IntType);
        code.IL.Emit(OpCodes.Callvirt, boxed);
        code.SafeCast(module.DynType, module.IntType);
        code.IL.Emit(OpCodes.Ret);
        caller.Seal();
        return caller;
    }

    private ClrType IntCallerTakes(HlFieldDef field, bool takesInt) => takesInt ? typeof(int) : module.Types.OfParameter(((HlFunctionTypeDef)field.Type).Parameters[0]);

    /// <summary>The site of a dynamic access.</summary>
    public FieldDefinition Site(string key, string name) => module.Pool.Get("site" + key, typeof(HlSite), il =>
    {
        il.Emit(OpCodes.Ldsfld, module.ContextField);
        il.Emit(OpCodes.Ldstr, name);
        il.Emit(OpCodes.Newobj, RuntimeMembers.NewSite);
    });

    /// <summary>Reads the field of the site and the target on the stack.</summary>
    public static void EmitSiteGet(CodeEmitter code, HlTypeDef type)
    {
        if (type.Kind is HlTypeKind.I32 or HlTypeKind.I64 or HlTypeKind.F32 or HlTypeKind.F64 or HlTypeKind.Bool)
        {
            code.IL.Emit(OpCodes.Call, RuntimeMembers.Named(typeof(HlSite), "Get" + RuntimeMembers.Suffix(type.Kind)));
        }
        else if (type.Kind == HlTypeKind.Dyn)
        {
            code.IL.Emit(OpCodes.Call, RuntimeMembers.SiteGetDyn);
        }
        else
        {
            code.EmitGetAs(type);
        }
    }

    /// <summary>Writes the value on the stack to the field of the site and target below it.</summary>
    public static void EmitSiteSet(CodeEmitter code, HlTypeDef type)
    {
        if (type.Kind is HlTypeKind.I32 or HlTypeKind.I64 or HlTypeKind.F32 or HlTypeKind.F64 or HlTypeKind.Bool)
        {
            code.IL.Emit(OpCodes.Call, RuntimeMembers.Named(typeof(HlSite), "Set" + RuntimeMembers.Suffix(type.Kind)));
            return;
        }
        code.Box(type);
        code.LoadType(type);
        code.IL.Emit(OpCodes.Call, RuntimeMembers.SiteSet);
    }

    /// <summary>
    /// The method that turns a value of a class or structure into a view, where each field of the view is known to be
    /// there; null where the object must be asked while the program runs.
    /// </summary>
    public MethodDefinition? FindView(HlTypeDef from, HlVirtualTypeDef to)
    {
        if (from is not HlObjectTypeDef { Kind: HlTypeKind.Obj } source)
            return null;
        if (casts.TryGetValue(Key(from, to), out MethodDefinition? known))
            return known;
        MethodDefinition? cast = null;
        if (HasAll(source, to))
            cast = EmitCast(source, to, DefineView(source, to));
        casts.Add(Key(from, to), cast);
        return cast;
    }

    private bool HasAll(HlObjectTypeDef source, HlVirtualTypeDef to)
    {
        foreach (HlFieldDef field in to.Fields)
            if (FindSource(source, field) is null)
                return false;
        return true;
    }

    /// <summary>
    /// The method that turns one structure into another. What stands behind the first is of a class that the module casts
    /// to it, mostly, and gets the view that a cast from this class would give: maps give out their iterators so.
    /// </summary>
    public MethodDefinition Recast(HlVirtualTypeDef from, HlVirtualTypeDef to)
    {
        if (recasts.TryGetValue(Key(from, to), out StructureCast? known))
            return known.Method;
        MethodDefinition method = module.DefineHelper("recast", module.Types.Of(to), [module.Types.Of(from)]);
        var recast = new StructureCast(from, to, method);
        recasts.Add(Key(from, to), recast);
        recastOrder.Add(recast);
        return method;
    }

    private readonly Dictionary<string, StructureCast> recasts = [];
    private readonly List<StructureCast> recastOrder = [];

    private sealed record StructureCast(HlVirtualTypeDef From, HlVirtualTypeDef To, MethodDefinition Method);

    private void EmitRecast(StructureCast recast)
    {
        CodeWriter il = recast.Method.Code;
        var code = new CodeEmitter(module, il);
        foreach ((HlObjectTypeDef source, MethodDefinition cast) in Sources(recast))
        {
            Label next = new();
            Local target = il.DeclareLocal(module.Types.Of(source));
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Brfalse, next);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, RuntimeMembers.VirtualTarget);
            il.Emit(OpCodes.Isinst, module.Types.Of(source));
            il.StoreLocal(target);
            il.LoadLocal(target);
            il.Emit(OpCodes.Brfalse, next);
            il.LoadLocal(target);
            il.Emit(OpCodes.Call, cast);
            il.Emit(OpCodes.Ret);
            il.MarkLabel(next);
        }
        il.Emit(OpCodes.Ldarg_0);
        code.LoadType(recast.To);
        il.Emit(OpCodes.Call, RuntimeMembers.ToVirtual);
        il.Emit(OpCodes.Castclass, module.Types.Of(recast.To));
        il.Emit(OpCodes.Ret);
    }

    // The classes that a cast from a structure asks for: those that the module makes such structures of, and of these
    // first the ones that were made for what the cast gives.
    private List<(HlObjectTypeDef Source, MethodDefinition Cast)> Sources(StructureCast recast)
    {
        var sources = new List<(HlObjectTypeDef, MethodDefinition)>();
        foreach (View view in Ordered(recast))
            if (sources.Count < MaxSources && FindView(view.Source, recast.To) is { } cast)
                sources.Add((view.Source, cast));
        return sources;
    }

    private List<View> Ordered(StructureCast recast)
    {
        List<View> ordered = [];
        List<int> conversions = [];
        foreach (View view in views)
        {
            if (view.Shape.Type != recast.From)
                continue;
            int count = 0;
            foreach (HlFieldDef field in recast.To.Fields)
                if (!IsSame(view.Source, field))
                    count++;
            int at = ordered.Count;
            while (at > 0 && conversions[at - 1] > count)
                at--;
            ordered.Insert(at, view);
            conversions.Insert(at, count);
        }
        return ordered;
    }

    // Whether what a class has for a field needs no conversion.
    private bool IsSame(HlObjectTypeDef source, HlFieldDef field) =>
        FindSource(source, field) is not HlPrototypeDef prototype
        || (field.Type is HlFunctionTypeDef function && module.Module.GetSignature(prototype.FunctionIndex) is var signature
            && signature.Return == function.Return && TakesSame(signature, function));

    // Apart from the object.
    private static bool TakesSame(HlFunctionTypeDef method, HlFunctionTypeDef function)
    {
        if (method.Parameters.Length != function.Parameters.Length + 1)
            return false;
        for (int i = 0; i < function.Parameters.Length; i++)
            if (method.Parameters[i + 1] != function.Parameters[i])
                return false;
        return true;
    }

    private static string Key(HlTypeDef from, HlTypeDef to) => $"{from.Index}>{to.Index}";

    private MethodDefinition DefineView(HlObjectTypeDef source, HlVirtualTypeDef to)
    {
        StructureShape shape = module.Types.Structure(to);
        if (shape.Views.TryGetValue(source, out MethodDefinition? known))
            return known;
        TypeDefinition view = module.Types.Define($"hl.View{to.Index}_{source.Index}",
            TypeAttributes.NotPublic | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit, shape.Builder);
        MethodDefinition constructor = view.DefineConstructor(module.Types.Of(source));
        shape.Views.Add(source, constructor);
        views.Add(new View(shape, source, view));
        return constructor;
    }

    private MethodDefinition EmitCast(HlObjectTypeDef source, HlVirtualTypeDef to, MethodDefinition view)
    {
        MethodDefinition cast = module.DefineHelper("view", module.Types.Of(to), [module.Types.Of(source)]);
        CodeWriter il = cast.Code;
        Label some = new Label();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Brtrue, some);
        il.Emit(OpCodes.Ldnull);
        il.Emit(OpCodes.Ret);
        il.MarkLabel(some);
        ClrField? slot = FindSlot(source, to);
        if (slot is null)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Newobj, view);
            il.Emit(OpCodes.Ret);
            cast.Seal();
            return cast;
        }
        Label create = new Label();
        Local made = il.DeclareLocal(module.Types.Of(to));
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, slot);
        il.StoreLocal(made);
        il.LoadLocal(made);
        il.Emit(OpCodes.Brfalse, create);
        il.LoadLocal(made);
        il.Emit(OpCodes.Ret);
        il.MarkLabel(create);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Newobj, view);
        il.StoreLocal(made);
        il.Emit(OpCodes.Ldarg_0);
        il.LoadLocal(made);
        il.Emit(OpCodes.Stfld, slot);
        il.LoadLocal(made);
        il.Emit(OpCodes.Ret);
        cast.Seal();
        return cast;
    }

    // The nameless field in which an object of the class keeps its view of the type.
    private ClrField? FindSlot(HlObjectTypeDef source, HlVirtualTypeDef to)
    {
        for (HlObjectTypeDef? type = source; type is not null; type = type.Super)
            for (int i = 0; i < type.Fields.Length; i++)
                if (type.Fields[i].Name.Length == 0 && type.Fields[i].Type == to)
                    return module.Types.Class(type).OwnFields[i];
        return null;
    }

    // A field of the same type, or a method whose signature without the object converts to the field's.
    private object? FindSource(HlObjectTypeDef source, HlFieldDef field)
    {
        for (HlObjectTypeDef? type = source; type is not null; type = type.Super)
        {
            for (int i = 0; i < type.Fields.Length; i++)
                if (type.Fields[i].Name == field.Name)
                    return type.Fields[i].Type == field.Type && !module.LateBindings.Contains(type, type.FirstFieldIndex + i) ? module.Types.Class(type).OwnFields[i] : null;
            foreach (HlPrototypeDef prototype in type.Prototypes)
            {
                if (prototype.Name != field.Name)
                    continue;
                return field.Type is HlFunctionTypeDef function && module.Module.FindFunction(prototype.FunctionIndex) is { } method
                    && method.Type.Parameters.Length == function.Parameters.Length + 1 ? prototype : null;
            }
        }
        return null;
    }

    /// <summary>Completes the views: overrides the accessors that are used.</summary>
    public void Complete()
    {
        // Emitting an override can ask for further accessors and views, and the views that one cast makes are what others ask for.
        int completed = 0, known;
        do
        {
            for (; completed < views.Count; completed++)
                CompleteView(views[completed].Shape, views[completed].Source, views[completed].Type);
            known = recastOrder.Count;
            for (int i = 0; i < known; i++)
                Sources(recastOrder[i]);
        }
        while (completed < views.Count || known < recastOrder.Count);
        foreach (StructureCast recast in recastOrder)
            EmitRecast(recast);
    }

    private void CompleteView(StructureShape shape, HlObjectTypeDef source, TypeDefinition view)
    {
        CodeWriter il = shape.Views[source].Code;
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, shape.Constructor);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Stfld, RuntimeMembers.VirtualTarget);
        il.Emit(OpCodes.Ret);
        shape.Views[source].Seal();
        for (int i = 0; i < shape.Accessors.Length; i++)
        {
            if (shape.Accessors[i] is not { } accessors)
                continue;
            HlFieldDef field = shape.Type.Fields[i];
            object found = FindSource(source, field)!;
            if (accessors.GetThrough is { } get)
                Override(view, get, module.Types.Of(field.Type), [], code => EmitGet(code, source, found, field.Type));
            if (accessors.SetThrough is { } set && found is ClrField target)
                Override(view, set, typeof(void), [module.Types.OfParameter(field.Type)], code =>
                {
                    LoadTarget(code, source);
                    code.LoadArgument(1);
                    code.IL.Emit(OpCodes.Stfld, target);
                });
            if (accessors.Call is { } call)
            {
                var type = (HlFunctionTypeDef)field.Type;
                Override(view, call, module.Types.Of(type.Return), module.Types.OfParameters(type.Parameters), code => EmitCall(code, source, found, type));
                if (accessors.CallForInt is { } forInt && found is HlPrototypeDef method)
                    Override(view, forInt, typeof(int), [IntCallerTakes(field, false)], code => EmitIntCall(code, source, method, module.Argument(type.Parameters[0])));
                if (accessors.CallIntForInt is { } ints && found is HlPrototypeDef methodOfInt)
                    Override(view, ints, typeof(int), [IntCallerTakes(field, true)], code => EmitIntCall(code, source, methodOfInt, module.IntType));
            }
        }
    }

    private void EmitGet(CodeEmitter code, HlObjectTypeDef source, object found, HlTypeDef type)
    {
        LoadTarget(code, source);
        if (found is ClrField field)
        {
            code.IL.Emit(OpCodes.Ldfld, field);
            return;
        }
        var prototype = (HlPrototypeDef)found;
        HlFunctionTypeDef signature = module.Module.GetSignature(prototype.FunctionIndex);
        DelegateShape closure = module.Types.Delegate(signature, 1);
        if (prototype.VirtualIndex >= 0 && module.Types.Class(source).Slot(prototype.VirtualIndex) is { } slot)
        {
            closure = module.Types.Delegate(slot.Signature, 1);
            code.IL.Emit(OpCodes.Dup);
            code.IL.Emit(OpCodes.Ldvirtftn, slot.Method);
            code.IL.Emit(OpCodes.Newobj, closure.Constructor);
        }
        else
        {
            code.Coerce(source, module.Argument(signature.Parameters[0]));
            code.NewClosure(prototype.FunctionIndex, isBound: true);
        }
        if (closure.Key != module.Types.Key(type))
        {
            code.IL.Emit(OpCodes.Ldtoken, module.Types.Of(type));
            code.IL.Emit(OpCodes.Call, RuntimeMembers.GetTypeFromHandle);
            code.LoadContext();
            code.IL.Emit(OpCodes.Call, RuntimeMembers.ToFunction);
            code.IL.Emit(OpCodes.Castclass, module.Types.Of(type));
        }
    }

    private void EmitCall(CodeEmitter code, HlObjectTypeDef source, object found, HlFunctionTypeDef type)
    {
        LoadTarget(code, source);
        if (found is ClrField field)
        {
            code.IL.Emit(OpCodes.Ldfld, field);
            for (int i = 0; i < type.Parameters.Length; i++)
                code.LoadArgument(i + 1);
            code.IL.Emit(OpCodes.Callvirt, module.Types.Delegate(type, 0).Invoke);
            return;
        }
        (ClrMethod method, HlFunctionTypeDef signature, OpCode opcode) = CoerceTarget(code, source, (HlPrototypeDef)found);
        for (int i = 0; i < type.Parameters.Length; i++)
        {
            code.LoadArgument(i + 1);
            code.SafeCast(module.Argument(type.Parameters[i]), module.Argument(signature.Parameters[i + 1]));
        }
        code.IL.Emit(opcode, method);
        code.SafeCast(signature.Return, type.Return);
    }

    // The method to call on the target on the stack, which becomes what the method takes.
    private (ClrMethod Method, HlFunctionTypeDef Signature, OpCode Opcode) CoerceTarget(CodeEmitter code, HlObjectTypeDef source, HlPrototypeDef prototype)
    {
        if (prototype.VirtualIndex >= 0 && module.Types.Class(source).Slot(prototype.VirtualIndex) is { } slot)
            return (slot.Method, slot.Signature, OpCodes.Callvirt);
        HlFunctionTypeDef signature = module.Module.GetSignature(prototype.FunctionIndex);
        code.Coerce(source, module.Argument(signature.Parameters[0]));
        return (module.Method(prototype.FunctionIndex), signature, OpCodes.Call);
    }

    private void EmitIntCall(CodeEmitter code, HlObjectTypeDef source, HlPrototypeDef prototype, HlTypeDef takes)
    {
        CodeWriter il = code.IL;
        if (prototype.VirtualIndex < 0 && module.Module.FindFunction(prototype.FunctionIndex) is { } function && HlMapInts.FindGet(function) is { } quick)
        {
            Label declined = new();
            Local value = il.DeclareLocal(typeof(int));
            LoadTarget(code, source);
            LoadAs(function.Type.Parameters[1]);
            il.LoadLocalAddress(value);
            il.Emit(OpCodes.Call, quick);
            il.Emit(OpCodes.Brfalse, declined);
            il.LoadLocal(value);
            il.Emit(OpCodes.Ret);
            il.MarkLabel(declined);
        }
        LoadTarget(code, source);
        (ClrMethod method, HlFunctionTypeDef signature, OpCode opcode) = CoerceTarget(code, source, prototype);
        LoadAs(signature.Parameters[1]);
        il.Emit(opcode, method);
        if (signature.Return.Kind != HlTypeKind.I32)
        {
            code.SafeCast(signature.Return, module.DynType);
            code.SafeCast(module.DynType, module.IntType);
        }

        void LoadAs(HlTypeDef parameter)
        {
            code.LoadArgument(1);
            if (takes.Kind == HlTypeKind.I32 && parameter.Kind == HlTypeKind.I32)
                return;
            code.SafeCast(takes, module.DynType);
            code.SafeCast(module.DynType, module.Argument(parameter));
        }
    }

    private void Override(TypeDefinition view, MethodDefinition method, ClrType result, ClrType[] parameters, Action<CodeEmitter> body)
    {
        MethodDefinition overriding = view.DefineMethod(method.Name,
            MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.HideBySig, result, parameters);
        var code = new CodeEmitter(module, overriding.Code);
        body(code);
        code.IL.Emit(OpCodes.Ret);
        overriding.Seal();
    }

    private void LoadTarget(CodeEmitter code, HlObjectTypeDef source)
    {
        code.IL.Emit(OpCodes.Ldarg_0);
        code.IL.Emit(OpCodes.Ldfld, RuntimeMembers.VirtualTarget);
        // Only the constructor of the view gives it a target, and takes nothing else.
        code.IL.Emit(OpCodes.Call, new GenericMethod(RuntimeMembers.As, module.Types.Of(source)));
    }

    private void LoadSiteAndTarget(CodeEmitter code, string name)
    {
        code.IL.Emit(OpCodes.Ldsfld, Site("." + name, name));
        code.IL.Emit(OpCodes.Ldarg_0);
        code.IL.Emit(OpCodes.Ldfld, RuntimeMembers.VirtualTarget);
    }

    private static Label BranchIfView(CodeWriter il)
    {
        Label view = new Label();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, RuntimeMembers.VirtualTarget);
        il.Emit(OpCodes.Brtrue, view);
        return view;
    }

    private static MethodDefinition DefineVirtual(StructureShape shape, string name, ClrType result, ClrType[] parameters) =>
        shape.Builder.DefineMethod(name, MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.NewSlot | MethodAttributes.HideBySig,
            result, parameters);

    private static MethodDefinition DefineInline(StructureShape shape, string name, ClrType result, ClrType[] parameters)
    {
        MethodDefinition method = shape.Builder.DefineMethod(name, MethodAttributes.Public | MethodAttributes.HideBySig, result, parameters, MethodImplAttributes.AggressiveInlining);
        return method;
    }
}
