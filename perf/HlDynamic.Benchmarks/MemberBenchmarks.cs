using System.Dynamic;
using System.Reflection;
using BenchmarkDotNet.Attributes;
using Jurassic;
using Jurassic.Library;
using NLua;

namespace HlDynamic.Benchmarks;

/// <summary>
/// Warm reads, writes and calls of members, of each kind of value and number of arguments. Each class below reaches
/// them in another way; <see cref="PlainMembers"/>, C#'s <c>dynamic</c> on a C# object, is what the others are measured by.
/// </summary>
public abstract class MemberBenchmarks
{
    [GlobalSetup]
    public void Setup()
    {
        Prepare();
        Nothing();
        Fixtures.Expect(100, GetInt());
        Fixtures.Expect(101, Int1());
        Fixtures.Expect(6, Int3());
        Fixtures.Expect(21, Int6());
        Fixtures.Expect(5, Static2());
        Fixtures.Expect(3.0, Float1());
        Fixtures.Expect(true, Bool1());
        Fixtures.Expect("text", Text1());
        Fixtures.Expect(true, Object1() is not null);
        Fixtures.Expect(1.5, GetFloat());
        Fixtures.Expect("twenty characters ..", GetText());
        Fixtures.Expect(true, GetObject() is not null);
        SetInt();
        SetFloat();
        SetText();
        SetObject();
        Fixtures.Expect(42, GetInt());
        Fixtures.Expect(2.5, GetFloat());
        Fixtures.Expect("other", GetText());
        Fixtures.Expect(7, GetStatic());
    }

    protected abstract void Prepare();

    public abstract void Nothing();
    public abstract int Int1();
    public abstract int Int3();
    public abstract int Int6();
    public abstract int Static2();
    public abstract double Float1();
    public abstract bool Bool1();
    public abstract string Text1();
    public abstract object Object1();
    public abstract int GetInt();
    public abstract double GetFloat();
    public abstract string GetText();
    public abstract object GetObject();
    public abstract int GetStatic();
    public abstract void SetInt();
    public abstract void SetFloat();
    public abstract void SetText();
    public abstract void SetObject();
}

/// <summary>The members through <c>dynamic</c>, of whatever the object is.</summary>
public abstract class DynamicMembers : MemberBenchmarks
{
    protected dynamic subject = null!, statics = null!;

    [Benchmark] public override void Nothing() => subject.nothing();
    [Benchmark] public override int Int1() => subject.next(1);
    [Benchmark] public override int Int3() => subject.sum3(1, 2, 3);
    [Benchmark] public override int Int6() => subject.sum6(1, 2, 3, 4, 5, 6);
    [Benchmark] public override int Static2() => statics.add(2, 3);
    [Benchmark] public override double Float1() => subject.scaled(2.0);
    [Benchmark] public override bool Bool1() => subject.isMore(3);
    [Benchmark] public override string Text1() => subject.choose("text");
    [Benchmark] public override object Object1() => subject.self(subject);
    [Benchmark] public override int GetInt() => subject.number;
    [Benchmark] public override double GetFloat() => subject.ratio;
    [Benchmark] public override string GetText() => subject.text;
    [Benchmark] public override object GetObject() => subject.friend;
    [Benchmark] public override int GetStatic() => statics.shared;
    [Benchmark] public override void SetInt() => subject.number = 42;
    [Benchmark] public override void SetFloat() => subject.ratio = 2.5;
    [Benchmark] public override void SetText() => subject.text = "other";
    [Benchmark] public override void SetObject() => subject.friend = subject;
}

/// <summary>C#'s <c>dynamic</c> on a C# object. Statics have no such thing, and are members of an object.</summary>
public class PlainMembers : DynamicMembers, IPlain
{
    protected override void Prepare()
    {
        subject = new Subject();
        statics = new SubjectClass();
    }
}

/// <summary><c>dynamic</c> on a Haxe object.</summary>
public class HaxeMembers : DynamicMembers
{
    protected override void Prepare()
    {
        dynamic hl = Fixtures.Load("CallSites");
        subject = hl.New("Subject");
        statics = hl.Subject;
    }
}

/// <summary><c>dynamic</c> on an <see cref="ExpandoObject"/>.</summary>
public class ExpandoMembers : DynamicMembers
{
    protected override void Prepare()
    {
        subject = new ExpandoObject();
        dynamic self = subject;
        self.number = 100;
        self.ratio = 1.5;
        self.text = "twenty characters ..";
        self.friend = self;
        self.nothing = (Action)(() => self.number = 100);
        self.next = (Func<int, int>)(a => ((int)self.number + a) & 255);
        self.sum3 = (Func<int, int, int, int>)((a, b, c) => a + b + c);
        self.sum6 = (Func<int, int, int, int, int, int, int>)((a, b, c, d, e, f) => a + b + c + d + e + f);
        self.scaled = (Func<double, double>)(factor => (double)self.ratio * factor);
        self.isMore = (Func<int, bool>)(than => (int)self.number > than);
        self.choose = (Func<string, string>)(other => other);
        self.self = (Func<object, object>)(other => other);
        statics = new ExpandoObject();
        statics.shared = 7;
        statics.add = (Func<int, int, int>)((a, b) => a + b);
    }
}

/// <summary>C# without <c>dynamic</c>.</summary>
public class DirectMembers : MemberBenchmarks
{
    private Subject subject = null!;

    protected override void Prepare() => subject = new Subject();

    [Benchmark] public override void Nothing() => subject.nothing();
    [Benchmark] public override int Int1() => subject.next(1);
    [Benchmark] public override int Int3() => subject.sum3(1, 2, 3);
    [Benchmark] public override int Int6() => subject.sum6(1, 2, 3, 4, 5, 6);
    [Benchmark] public override int Static2() => Subject.Add(2, 3);
    [Benchmark] public override double Float1() => subject.scaled(2);
    [Benchmark] public override bool Bool1() => subject.isMore(3);
    [Benchmark] public override string Text1() => subject.choose("text");
    [Benchmark] public override object Object1() => subject.self(subject);
    [Benchmark] public override int GetInt() => subject.number;
    [Benchmark] public override double GetFloat() => subject.ratio;
    [Benchmark] public override string GetText() => subject.text;
    [Benchmark] public override object GetObject() => subject.friend;
    [Benchmark] public override int GetStatic() => Subject.Shared;
    [Benchmark] public override void SetInt() => subject.number = 42;
    [Benchmark] public override void SetFloat() => subject.ratio = 2.5;
    [Benchmark] public override void SetText() => subject.text = "other";
    [Benchmark] public override void SetObject() => subject.friend = subject;
}

/// <summary>.NET's reflection, with all that can be kept kept.</summary>
public class ReflectionMembers : MemberBenchmarks
{
    private readonly Subject subject = new();
    private readonly Dictionary<string, MethodInvoker> methods = typeof(Subject).GetMethods().Where(m => m.DeclaringType == typeof(Subject)).ToDictionary(m => m.Name, MethodInvoker.Create);
    private MethodInvoker nothing = null!, next = null!, sum3 = null!, sum6 = null!, add = null!, scaled = null!, isMore = null!, choose = null!, self = null!;
    private readonly FieldInfo number = Field("number"), ratio = Field("ratio"), text = Field("text"), friend = Field("friend"), shared = Field("Shared");

    protected override void Prepare()
    {
        (nothing, next, sum3, sum6, add) = (methods["nothing"], methods["next"], methods["sum3"], methods["sum6"], methods["Add"]);
        (scaled, isMore, choose, self) = (methods["scaled"], methods["isMore"], methods["choose"], methods["self"]);
    }

    [Benchmark] public override void Nothing() => nothing.Invoke(subject);
    [Benchmark] public override int Int1() => (int)next.Invoke(subject, 1)!;
    [Benchmark] public override int Int3() => (int)sum3.Invoke(subject, 1, 2, 3)!;
    [Benchmark] public override int Int6() => (int)sum6.Invoke(subject, [1, 2, 3, 4, 5, 6])!;
    [Benchmark] public override int Static2() => (int)add.Invoke(null, 2, 3)!;
    [Benchmark] public override double Float1() => (double)scaled.Invoke(subject, 2.0)!;
    [Benchmark] public override bool Bool1() => (bool)isMore.Invoke(subject, 3)!;
    [Benchmark] public override string Text1() => (string)choose.Invoke(subject, "text")!;
    [Benchmark] public override object Object1() => self.Invoke(subject, subject)!;
    [Benchmark] public override int GetInt() => (int)number.GetValue(subject)!;
    [Benchmark] public override double GetFloat() => (double)ratio.GetValue(subject)!;
    [Benchmark] public override string GetText() => (string)text.GetValue(subject)!;
    [Benchmark] public override object GetObject() => friend.GetValue(subject)!;
    [Benchmark] public override int GetStatic() => (int)shared.GetValue(null)!;
    [Benchmark] public override void SetInt() => number.SetValue(subject, 42);
    [Benchmark] public override void SetFloat() => ratio.SetValue(subject, 2.5);
    [Benchmark] public override void SetText() => text.SetValue(subject, "other");
    [Benchmark] public override void SetObject() => friend.SetValue(subject, subject);

    private static FieldInfo Field(string name) => typeof(Subject).GetField(name)!;
}

/// <summary>The same program in Lua, by NLua.</summary>
public class LuaMembers : MemberBenchmarks
{
    private LuaTable subject = null!, statics = null!;
    private LuaFunction nothing = null!, next = null!, sum3 = null!, sum6 = null!, add = null!, scaled = null!, isMore = null!, choose = null!, self = null!;

    protected override void Prepare()
    {
        Lua lua = Fixtures.LoadLua();
        (subject, statics) = ((LuaTable)lua["subject"], (LuaTable)lua["Subject"]);
        (nothing, next, sum3, sum6, add) = (Function("nothing"), Function("next"), Function("sum3"), Function("sum6"), Function("add"));
        (scaled, isMore, choose, self) = (Function("scaled"), Function("isMore"), Function("choose"), Function("self"));
    }

    [Benchmark] public override void Nothing() => nothing.Call(subject);
    [Benchmark] public override int Int1() => (int)(long)next.Call(subject, 1)[0];
    [Benchmark] public override int Int3() => (int)(long)sum3.Call(subject, 1, 2, 3)[0];
    [Benchmark] public override int Int6() => (int)(long)sum6.Call(subject, 1, 2, 3, 4, 5, 6)[0];
    [Benchmark] public override int Static2() => (int)(long)add.Call(2, 3)[0];
    [Benchmark] public override double Float1() => (double)scaled.Call(subject, 2.0)[0];
    [Benchmark] public override bool Bool1() => (bool)isMore.Call(subject, 3)[0];
    [Benchmark] public override string Text1() => (string)choose.Call(subject, "text")[0];
    [Benchmark] public override object Object1() => Dispose(self.Call(subject, subject)[0]);
    [Benchmark] public override int GetInt() => (int)(long)subject["number"];
    [Benchmark] public override double GetFloat() => (double)subject["ratio"];
    [Benchmark] public override string GetText() => (string)subject["text"];
    [Benchmark] public override object GetObject() => Dispose(subject["friend"]);
    [Benchmark] public override int GetStatic() => (int)(long)statics["shared"];
    [Benchmark] public override void SetInt() => subject["number"] = 42;
    [Benchmark] public override void SetFloat() => subject["ratio"] = 2.5;
    [Benchmark] public override void SetText() => subject["text"] = "other";
    [Benchmark] public override void SetObject() => subject["friend"] = subject;

    private LuaFunction Function(string name) => (LuaFunction)statics[name];

    // NLua's objects are references that must be given back.
    private static object Dispose(object table)
    {
        ((LuaTable)table).Dispose();
        return table;
    }
}

/// <summary>JavaScript's objects, by Jurassic, which compiles scripts to CIL.</summary>
public class JurassicMembers : MemberBenchmarks
{
    private ObjectInstance subject = null!, statics = null!;
    private FunctionInstance nothing = null!, next = null!, sum3 = null!, sum6 = null!, add = null!, scaled = null!, isMore = null!, choose = null!, self = null!;

    protected override void Prepare()
    {
        ScriptEngine engine = Fixtures.LoadJurassic();
        (subject, statics) = (engine.GetGlobalValue<ObjectInstance>("subject"), engine.GetGlobalValue<ObjectInstance>("Subject"));
        (nothing, next, sum3, sum6, add) = (Method("nothing"), Method("next"), Method("sum3"), Method("sum6"), (FunctionInstance)statics["add"]);
        (scaled, isMore, choose, self) = (Method("scaled"), Method("isMore"), Method("choose"), Method("self"));
    }

    [Benchmark] public override void Nothing() => nothing.Call(subject);
    [Benchmark] public override int Int1() => (int)next.Call(subject, 1);
    [Benchmark] public override int Int3() => (int)(double)sum3.Call(subject, 1, 2, 3);
    [Benchmark] public override int Int6() => (int)(double)sum6.Call(subject, 1, 2, 3, 4, 5, 6);
    [Benchmark] public override int Static2() => (int)(double)add.Call(statics, 2, 3);
    [Benchmark] public override double Float1() => (double)scaled.Call(subject, 2.0);
    [Benchmark] public override bool Bool1() => (bool)isMore.Call(subject, 3);
    [Benchmark] public override string Text1() => (string)choose.Call(subject, "text");
    [Benchmark] public override object Object1() => self.Call(subject, subject);
    [Benchmark] public override int GetInt() => (int)subject["number"];
    [Benchmark] public override double GetFloat() => (double)subject["ratio"];
    [Benchmark] public override string GetText() => (string)subject["text"];
    [Benchmark] public override object GetObject() => subject["friend"];
    [Benchmark] public override int GetStatic() => (int)statics["shared"];
    [Benchmark] public override void SetInt() => subject["number"] = 42;
    [Benchmark] public override void SetFloat() => subject["ratio"] = 2.5;
    [Benchmark] public override void SetText() => subject["text"] = "other";
    [Benchmark] public override void SetObject() => subject["friend"] = subject;

    private FunctionInstance Method(string name) => (FunctionInstance)subject[name];
}
