using System.Reflection;
using HlDynamic.Bytecode;
using HlDynamic.Compilation.Emit;
using HlDynamic.Runtime;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>
/// OThrow, ORethrow and OTrap. A trap becomes a try region, and what is thrown an exception of .NET, which takes microseconds to get to
/// its handler. So where the bytecode shows the way there, it goes by branches: from a throw to the trap around it, and out of functions
/// that are called inside a trap and throw, of which there is a copy that returns what it throws (<see cref="ThrowAnalysis"/>).
/// </summary>
internal sealed partial class FunctionCompiler
{
    private Local? thrown;
    private Dictionary<HlTypeDef, Local>? returnedValues;

    /// <summary>Whether this is the copy for calls inside traps: it puts what it throws where its last argument says, and returns.</summary>
    public bool ReturnsThrown { get; init; }

    // Whether exceptions leave an instruction by branches: to a trap's handler or, in the copy, to the caller.
    private bool IsTried => region >= 0 || ReturnsThrown;

    // The try region's catch only stores the value and leaves for the handler, which is ordinary code.
    private void EmitTrap(int i, in HlInstruction instruction)
    {
        if (!IsObject(TypeOf(instruction.A)))
            throw Unexpected(instruction.A);
        // Stacks are told by the function that caught an exception, which must have a frame of its own.
        method.Implementation |= MethodImplAttributes.NoInlining;
        IL.BeginTry();
        EmitRegion(i);
        IL.BeginCatch(typeof(Exception));
        if (thrown is not null)
        {
            IL.Emit(OpCodes.Ldnull);
            IL.StoreLocal(thrown);
        }
        EmitCatch(i);
        IL.EndTry();
    }

    // Catches the exception on the stack.
    private void EmitCatch(int trap)
    {
        ref readonly HlInstruction instruction = ref code[trap];
        LoadContext();
        IL.Emit(OpCodes.Call, Module.Catch);
        Store(instruction.A);
        IL.Emit(OpCodes.Leave, labels[trap + 1 + instruction.B]!);
    }

    private void EmitThrow(int i, in HlInstruction instruction)
    {
        if (IsTried && region < 0)
            LoadArgument(parameterCount);
        LoadAs(instruction.A, Module.DynType);
        if (instruction.Opcode == HlOpcode.ORethrow)
            LoadContext();
        if (IsTried)
            IL.Emit(OpCodes.Ldsfld, Module.InstanceField);
        if (IsTried || instruction.Opcode == HlOpcode.OThrow)
        {
            LoadInt(function.Index);
            LoadInt(i);
        }
        IL.Emit(OpCodes.Call, RuntimeMembers.Named(typeof(HlExceptions), (instruction.Opcode == HlOpcode.OThrow, IsTried) switch
        {
            (true, true) => nameof(HlExceptions.Return),
            (false, true) => nameof(HlExceptions.ReturnAgain),
            (true, false) => nameof(HlExceptions.ThrowAt),
            (false, false) => nameof(HlExceptions.Rethrow),
        }));
        if (!IsTried)
            IL.Emit(OpCodes.Throw);
        else if (region >= 0)
            EmitCatch(region);
        else
            EmitReturnThrown();
    }

    // Puts the exception on the stack where the address below it says, and returns.
    private void EmitReturnThrown()
    {
        IL.Emit(OpCodes.Stind_Ref);
        LoadDefault(function.Type.Return);
        IL.Emit(OpCodes.Ret);
    }

    // Calls the copy of a function that returns what it throws.
    private void EmitTriedCall(int i, int destination, MethodDefinition copy, HlTypeDef result)
    {
        bool isCaught = region >= 0;
        if (isCaught)
            IL.LoadLocalAddress(thrown ??= IL.DeclareLocal(typeof(HaxeException)));
        else
            LoadArgument(parameterCount);
        IL.Emit(OpCodes.Call, copy);
        Local? returned = result.Kind == HlTypeKind.Void ? null : Returned(result);
        if (returned is not null)
            IL.StoreLocal(returned);
        Label goesOn = new();
        LoadThrown();
        IL.Emit(OpCodes.Brfalse, goesOn);
        if (!isCaught)
            LoadArgument(parameterCount);
        LoadThrown();
        LoadInt(function.Index);
        LoadInt(i);
        IL.Emit(OpCodes.Call, RuntimeMembers.Named(typeof(HlExceptions), nameof(HlExceptions.Passed)));
        if (isCaught)
        {
            IL.Emit(OpCodes.Ldnull);
            IL.StoreLocal(thrown!);
            EmitCatch(region);
        }
        else
        {
            EmitReturnThrown();
        }
        IL.MarkLabel(goesOn);
        if (returned is not null)
            IL.LoadLocal(returned);
        StoreFrom(result, destination);
    }

    // A register keeps what it holds if the call throws.
    private Local Returned(HlTypeDef type)
    {
        if ((returnedValues ??= []).TryGetValue(type, out Local? local))
            return local;
        return returnedValues[type] = IL.DeclareLocal(Types.Of(type));
    }

    private void LoadThrown()
    {
        if (region >= 0)
        {
            IL.LoadLocal(thrown!);
            return;
        }
        LoadArgument(parameterCount);
        IL.Emit(OpCodes.Ldind_Ref);
    }
}
