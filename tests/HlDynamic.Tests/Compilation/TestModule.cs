using System.Reflection;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using HlDynamic.Tests.Bytecode;
using static HlDynamic.Tests.Bytecode.ModuleBuilder;

namespace HlDynamic.Tests.Compilation;

/// <summary>
/// A module written by hand whose functions a test calls. Function 0 is an empty entry point; the others get the
/// numbers after it. <see cref="Builder"/> adds types and constants.
/// </summary>
internal sealed class TestModule
{
    private int next = 1;
    private HlVm? vm;

    public TestModule()
    {
        Void = Builder.Type(HlTypeKind.Void);
        I32 = Builder.Type(HlTypeKind.I32);
        I64 = Builder.Type(HlTypeKind.I64);
        F64 = Builder.Type(HlTypeKind.F64);
        Bool = Builder.Type(HlTypeKind.Bool);
        Bytes = Builder.Type(HlTypeKind.Bytes);
        Dyn = Builder.Type(HlTypeKind.Dyn);
        Builder.Function(0, Builder.Fun(Void), [Void], [Op(HlOpcode.ORet, 0)]);
    }

    public ModuleBuilder Builder { get; } = new();

    public int Void { get; }

    public int I32 { get; }

    public int I64 { get; }

    public int F64 { get; }

    public int Bool { get; }

    public int Bytes { get; }

    public int Dyn { get; }

    /// <summary>The compiled module, loaded when first asked for.</summary>
    public HlVm Vm => vm ??= HlVm.Load(Builder.Read(), new HlVmOptions { RunEntryPoint = false, Output = Stream.Null, Error = Stream.Null });

    /// <summary>A number for a function that is added later.</summary>
    public int Reserve() => next++;

    /// <summary>Adds a function. Its parameters are its first registers, the others follow.</summary>
    public int Add(int result, int[] parameters, int[] locals, params byte[][] code) => Add(Reserve(), result, parameters, locals, code);

    /// <summary>Adds the function of a number that was reserved.</summary>
    public int Add(int index, int result, int[] parameters, int[] locals, byte[][] code)
    {
        Builder.Function(index, Builder.Fun(result, parameters), [.. parameters, .. locals], code);
        return index;
    }

    /// <summary>Adds a native.</summary>
    public int AddNative(string library, string name, int result, params int[] parameters)
    {
        int index = Reserve();
        Builder.Native(index, library, name, Builder.Fun(result, parameters));
        return index;
    }

    /// <summary>Calls a function; exceptions come out as Haxe code throws them.</summary>
    public object? Call(int function, params object?[] arguments)
    {
        MethodInfo method = Vm.Program.GetMethod(Vm.Module.FindFunction(function)!);
        object? result = null;
        HlFaults.Run(() => result = method.IsStatic
            ? method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)
            : method.Invoke(arguments[0], BindingFlags.DoNotWrapExceptions, null, arguments[1..], null));
        return result;
    }

    /// <summary>Calls a function that throws, and returns the text of what it throws.</summary>
    public string CallToThrow(int function, params object?[] arguments)
    {
        try
        {
            return $"no exception, but {Call(function, arguments) ?? "null"}";
        }
        catch (HaxeException e)
        {
            return e.Message;
        }
    }

    /// <summary>The value of a native call or register as a test compares it: bytes as the text they hold.</summary>
    public static object? Plain(object? value) => value is HlBytes bytes ? bytes.ToString() : value;
}
