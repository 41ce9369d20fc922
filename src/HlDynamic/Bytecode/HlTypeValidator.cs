namespace HlDynamic.Bytecode;

/// <summary>Checks types: what fields may hold, what methods and bindings refer to, and the slots of virtual methods, which it fills in.</summary>
internal sealed class HlTypeValidator(HlModule module, HlModuleReader source)
{
    private enum Mark : byte { New, Open, Done }

    private readonly bool[] hasSlots = new bool[module.Types.Length];
    private readonly Mark[] layouts = new Mark[module.Types.Length];

    /// <summary>Checks all types.</summary>
    public void Validate()
    {
        foreach (HlTypeDef type in module.Types)
        {
            switch (type)
            {
                case HlFunctionTypeDef function:
                    CheckSignature(function);
                    break;
                case HlObjectTypeDef obj:
                    CheckFields(obj, obj.Fields.AsSpan(), allowPacked: true);
                    CheckBindings(obj);
                    AssignSlots(obj);
                    CheckLayout(obj);
                    break;
                case HlVirtualTypeDef structure:
                    CheckFields(structure, structure.Fields.AsSpan(), allowPacked: false);
                    break;
                case HlEnumTypeDef e:
                    CheckConstructors(e);
                    break;
                case HlWrapperTypeDef wrapper:
                    CheckWrapper(wrapper);
                    break;
            }
        }
    }

    private void CheckSignature(HlFunctionTypeDef type)
    {
        foreach (HlTypeDef parameter in type.Parameters)
        {
            if (parameter.Kind == HlTypeKind.Packed)
                throw source.InvalidType(type, $"a parameter cannot be {parameter}");
        }

        if (type.Return.Kind == HlTypeKind.Packed)
            throw source.InvalidType(type, $"a result cannot be {type.Return}");
    }

    private void CheckFields(HlTypeDef type, ReadOnlySpan<HlFieldDef> fields, bool allowPacked)
    {
        foreach (HlFieldDef field in fields)
        {
            if (!HlValidator.CanBeStored(field.Type) && !(allowPacked && field.Type.Kind == HlTypeKind.Packed))
                throw source.InvalidType(type, $"field {field.Name} of {Name(type)} cannot be {field.Type}");
        }
    }

    private void CheckConstructors(HlEnumTypeDef type)
    {
        foreach (HlEnumConstructorDef constructor in type.Constructors)
        {
            foreach (HlTypeDef parameter in constructor.Parameters)
            {
                if (!HlValidator.CanBeStored(parameter))
                    throw source.InvalidType(type, $"a parameter of {constructor.Name} cannot be {parameter}");
            }
        }
    }

    private void CheckWrapper(HlWrapperTypeDef type)
    {
        bool isValid = type.Kind == HlTypeKind.Packed
            ? type.Inner.Kind == HlTypeKind.Struct
            : HlValidator.CanBeStored(type.Inner);
        if (!isValid)
            throw source.InvalidType(type, $"{type.Kind} of {type.Inner} is not supported");
    }

    private void CheckBindings(HlObjectTypeDef type)
    {
        foreach (HlBindingDef binding in type.Bindings)
        {
            if (binding.FieldIndex >= type.FieldCount)
                throw source.InvalidType(type, $"{type.Name} binds field {binding.FieldIndex} of {type.FieldCount}");
            HlFieldDef field = type.GetField(binding.FieldIndex);
            if (field.Type.Kind is not (HlTypeKind.Fun or HlTypeKind.Method or HlTypeKind.Dyn))
                throw source.InvalidType(type, $"{type.Name} binds a function to {field.Name}, which is {field.Type}");
            if (binding.FunctionIndex >= module.CallableCount)
                throw source.InvalidType(type, $"{type.Name}.{field.Name} is function {binding.FunctionIndex} of {module.CallableCount}");
        }
    }

    // Supers first, so that the new slots of a class follow those it inherits; the depth is limited by the reader.
    private void AssignSlots(HlObjectTypeDef type)
    {
        if (hasSlots[type.Index])
            return;
        hasSlots[type.Index] = true;
        if (type.Super is not null)
            AssignSlots(type.Super);
        int inherited = type.Super?.VirtualCount ?? 0;
        var virtuals = new List<HlPrototypeDef>();
        foreach (HlPrototypeDef prototype in type.Prototypes)
        {
            CheckPrototype(type, prototype);
            if (prototype.VirtualIndex >= 0)
                virtuals.Add(prototype);
        }

        if (!AreSorted(virtuals))
            virtuals.Sort((a, b) => a.VirtualIndex.CompareTo(b.VirtualIndex));
        int next = inherited;
        for (int i = 0; i < virtuals.Count; i++)
        {
            HlPrototypeDef prototype = virtuals[i];
            if (i > 0 && virtuals[i - 1].VirtualIndex == prototype.VirtualIndex)
                throw source.InvalidType(type, $"{type.Name}.{virtuals[i - 1].Name} and {prototype.Name} share the virtual slot {prototype.VirtualIndex}");
            if (prototype.VirtualIndex < inherited)
                CheckOverride(type, prototype);
            else if (prototype.VirtualIndex != next++)
                throw source.InvalidType(type, $"{type.Name}.{prototype.Name} has the virtual slot {prototype.VirtualIndex}, but {next - 1} is free");
        }

        type.OwnVirtuals = virtuals.ToArray();
        type.VirtualCount = next;
        type.OwnSlots = next == inherited ? [] : new HlFunctionTypeDef[next - inherited];
        foreach (HlPrototypeDef prototype in virtuals)
            if (prototype.VirtualIndex >= inherited)
                type.OwnSlots[prototype.VirtualIndex - inherited] = module.GetSignature(prototype.FunctionIndex);
    }

    private static bool AreSorted(List<HlPrototypeDef> virtuals)
    {
        for (int i = 1; i < virtuals.Count; i++)
            if (virtuals[i - 1].VirtualIndex > virtuals[i].VirtualIndex)
                return false;
        return true;
    }

    private void CheckPrototype(HlObjectTypeDef type, HlPrototypeDef prototype)
    {
        int index = prototype.FunctionIndex;
        if (index >= module.CallableCount || module.FindFunction(index) is null)
            throw source.InvalidType(type, $"{type.Name}.{prototype.Name} is number {index}, which is not a function");
        var parameters = module.GetSignature(index).Parameters;
        if (parameters.Length == 0)
            throw source.InvalidType(type, $"{type.Name}.{prototype.Name} has no parameter for the object");
        if (parameters[0].Kind is not (HlTypeKind.Obj or HlTypeKind.Struct or HlTypeKind.Virtual or HlTypeKind.Dyn))
            throw source.InvalidType(type, $"{type.Name}.{prototype.Name} takes a {parameters[0]} for the object");
    }

    private void CheckOverride(HlObjectTypeDef type, HlPrototypeDef prototype)
    {
        HlPrototypeDef? overridden = type.Super!.FindVirtual(prototype.VirtualIndex);
        if (overridden is null)
            return;
        HlFunctionTypeDef signature = module.GetSignature(prototype.FunctionIndex);
        int expected = module.GetSignature(overridden.FunctionIndex).Parameters.Length;
        int actual = signature.Parameters.Length;
        if (overridden.Name != prototype.Name || expected != actual)
            throw source.InvalidType(type, $"{type.Name}.{prototype.Name} of {actual} parameters cannot override {overridden.Name} of {expected}");
        ref HlFunctionTypeDef slot = ref type.Super.GetSlotSignature(prototype.VirtualIndex);
        slot = PassByReference(slot, signature);
    }

    private static HlFunctionTypeDef PassByReference(HlFunctionTypeDef slot, HlFunctionTypeDef signature)
    {
        var parameters = slot.Parameters;
        for (int i = 1; i < parameters.Length; i++)
        {
            if (signature.Parameters[i] is HlWrapperTypeDef { Kind: HlTypeKind.Ref } reference && reference.Inner == parameters[i])
                parameters = parameters.SetItem(i, reference);
        }

        return parameters == slot.Parameters ? slot : new HlFunctionTypeDef(-1, slot.Kind) { Parameters = parameters, Return = slot.Return };
    }

    // A struct inside itself would have no end. The walk keeps its own stack since such chains can be long.
    private void CheckLayout(HlObjectTypeDef start)
    {
        if (layouts[start.Index] == Mark.Done)
            return;
        var path = new Stack<Layout>();
        path.Push(new Layout(start));
        layouts[start.Index] = Mark.Open;
        while (path.TryPeek(out Layout? top))
        {
            HlObjectTypeDef type = top.Type;
            int field = top.Field++;
            if (field == type.Fields.Length)
            {
                layouts[type.Index] = Mark.Done;
                path.Pop();
                continue;
            }

            HlObjectTypeDef? part = field < 0
                ? type.Super
                : (type.Fields[field].Type as HlWrapperTypeDef is { Kind: HlTypeKind.Packed } packed) ? packed.Inner as HlObjectTypeDef : null;
            if (part is null || layouts[part.Index] == Mark.Done)
                continue;
            if (layouts[part.Index] == Mark.Open)
                throw source.InvalidType(type, $"{type.Name} contains itself");
            layouts[part.Index] = Mark.Open;
            path.Push(new Layout(part));
        }
    }

    // A type whose parts are being checked: its super comes as part -1, then its fields.
    private sealed class Layout(HlObjectTypeDef type)
    {
        public readonly HlObjectTypeDef Type = type;
        public int Field = -1;
    }

    private static string Name(HlTypeDef type) => type is HlObjectTypeDef obj ? obj.Name : type.ToString();
}
