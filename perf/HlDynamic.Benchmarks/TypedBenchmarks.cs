using System.Reflection;
using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using HlDynamic.Runtime;
using Jint;
using Jurassic;
using Jurassic.Library;
using NLua;
using JsValue = Jint.Native.JsValue;

namespace HlDynamic.Benchmarks;

/// <summary>
/// Typed access that is bound once, and access by name, against C# delegates, interfaces and reflection. The work is
/// two integers added, or the like.
/// </summary>
public class TypedBenchmarks
{
    private readonly Func<int, int, int> csharp = Subject.Add;
    private readonly Func<object, int, int> csharpMethod = static (o, a) => ((Subject)o).next(a);
    private readonly MethodInvoker invoker = MethodInvoker.Create(typeof(Subject).GetMethod(nameof(Subject.Add))!);
    private readonly Subject plain = new();
    private readonly object[] arguments = [2, 3];
    private readonly string fresh = new("Subject".AsSpan());
    private ISubject plainInterface = null!, shape = null!;
    private Func<int, int, int> bound = null!;
    private Func<object, int, int> method = null!;
    private Func<int, int> ofObject = null!, csharpOfObject = null!;
    private HlVm vm = null!;
    private object haxe = null!;
    private LuaFunction luaAdd = null!;
    private FunctionInstance scriptAdd = null!;
    private ScriptEngine script = null!;
    private JsValue jintAdd = null!;
    private Engine jint = null!;
    private Lua lua = null!;

    /// <summary>What both kinds of subjects are.</summary>
    public interface ISubject
    {
        int next(int a);

        void nothing();
    }

    [GlobalSetup]
    public void Setup()
    {
        vm = Fixtures.Load("CallSites");
        haxe = vm.New("Subject");
        bound = vm.BindStatic<Func<int, int, int>>("Subject", "add");
        method = vm.BindMethod<Func<object, int, int>>("Subject", "next");
        ofObject = HlObject.BindMethod<Func<int, int>>(haxe, "next");
        csharpOfObject = plain.next;
        shape = HlObject.As<ISubject>(haxe);
        plainInterface = new InterfaceSubject();
        lua = Fixtures.LoadLua();
        luaAdd = (LuaFunction)((LuaTable)lua["Subject"])["add"];
        script = Fixtures.LoadJurassic();
        jint = Fixtures.LoadJint();
        jintAdd = jint.GetValue("Subject").AsObject().Get("add");
        scriptAdd = (FunctionInstance)script.GetGlobalValue<ObjectInstance>("Subject")["add"];
        foreach (Func<int> add in new[] { PlainDelegate, BoundStatic, ByName, ByNameWithArray, ByOtherName, Reflection, LuaByName, LuaKept, JurassicByName, JurassicKept, JintByName, JintKept })
            Fixtures.Expect(5, add());
        foreach (Func<int> next in new[] { PlainMethod, BoundMethod, PlainOfObject, BoundOfObject, PlainInterface, Shape, MethodByName })
            Fixtures.Expect(101, next());
        Fixtures.Expect(100, GetByName());
        SetByName();
    }

    [GlobalCleanup]
    public void Cleanup() => vm.Dispose();

    /// <summary>A C# delegate of a static method.</summary>
    [Benchmark] public int PlainDelegate() => csharp(2, 3);

    [Benchmark, Versus(nameof(PlainDelegate))] public int BoundStatic() => bound(2, 3);

    [Benchmark] public int PlainMethod() => csharpMethod(plain, 1);

    [Benchmark, Versus(nameof(PlainMethod))] public int BoundMethod() => method(haxe, 1);

    [Benchmark] public int PlainOfObject() => csharpOfObject(1);

    [Benchmark, Versus(nameof(PlainOfObject))] public int BoundOfObject() => ofObject(1);

    [Benchmark] public int PlainInterface() => plainInterface.next(1);

    [Benchmark, Versus(nameof(PlainInterface))] public int Shape() => shape.next(1);

    [Benchmark, Versus(nameof(BoundStatic))] public int ByName() => vm.CallStatic<int>("Subject", "add", 2, 3);

    [Benchmark, Versus(nameof(BoundStatic))] public int ByNameWithArray() => vm.CallStatic<int>("Subject", "add", arguments);

    /// <summary>By a name that is no literal.</summary>
    [Benchmark, Versus(nameof(BoundStatic))] public int ByOtherName() => vm.CallStatic<int>(fresh, "add", 2, 3);

    [Benchmark, Versus(nameof(BoundMethod))] public int MethodByName() => HlObject.Call<int>(haxe, "next", 1);

    [Benchmark, Versus(nameof(BoundMethod))] public int GetByName() => HlObject.Get<int>(haxe, "number");

    [Benchmark, Versus(nameof(BoundMethod))] public void SetByName() => HlObject.Set(haxe, "number", 100);

    [Benchmark, Versus(nameof(PlainDelegate))] public int Reflection() => (int)invoker.Invoke(null, 2, 3)!;

    [Benchmark, Versus(nameof(BoundStatic))] public int LuaKept() => (int)(long)luaAdd.Call(2, 3)[0];

    [Benchmark, Versus(nameof(ByName))]
    public int LuaByName()
    {
        using var add = (LuaFunction)lua["Subject.add"];
        return (int)(long)add.Call(2, 3)[0];
    }

    [Benchmark, Versus(nameof(BoundStatic))] public int JurassicKept() => (int)(double)scriptAdd.Call(Undefined.Value, 2, 3);

    [Benchmark, Versus(nameof(ByName))] public int JurassicByName() => (int)(double)script.GetGlobalValue<ObjectInstance>("Subject").CallMemberFunction("add", 2, 3);

    [Benchmark, Versus(nameof(BoundStatic))] public int JintKept() => (int)jintAdd.Invoke(2, 3).AsNumber();

    [Benchmark, Versus(nameof(ByName))] public int JintByName() => (int)jint.GetValue("Subject").AsObject().Get("add").Invoke(2, 3).AsNumber();

    private sealed class InterfaceSubject : ISubject
    {
        private int number = 100;

        [MethodImpl(MethodImplOptions.NoInlining)]
        public int next(int a) => (number + a) & 255;

        public void nothing() => number = 100;
    }
}
