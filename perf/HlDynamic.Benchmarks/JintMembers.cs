using BenchmarkDotNet.Attributes;
using Jint;
using Jint.Native;
using Jint.Native.Object;

namespace HlDynamic.Benchmarks;

/// <summary>JavaScript's objects, by Jint, which interprets scripts.</summary>
public class JintMembers : MemberBenchmarks
{
    private ObjectInstance subject = null!, statics = null!;
    private JsValue nothing = null!, next = null!, sum3 = null!, sum6 = null!, add = null!, scaled = null!, isMore = null!, choose = null!, self = null!;

    protected override void Prepare()
    {
        Engine engine = Fixtures.LoadJint();
        (subject, statics) = (engine.GetValue("subject").AsObject(), engine.GetValue("Subject").AsObject());
        (nothing, next, sum3, sum6, add) = (subject.Get("nothing"), subject.Get("next"), subject.Get("sum3"), subject.Get("sum6"), statics.Get("add"));
        (scaled, isMore, choose, self) = (subject.Get("scaled"), subject.Get("isMore"), subject.Get("choose"), subject.Get("self"));
    }

    [Benchmark] public override void Nothing() => nothing.Invoke(subject, []);
    [Benchmark] public override int Int1() => (int)next.Invoke(subject, [1]).AsNumber();
    [Benchmark] public override int Int3() => (int)sum3.Invoke(subject, [1, 2, 3]).AsNumber();
    [Benchmark] public override int Int6() => (int)sum6.Invoke(subject, [1, 2, 3, 4, 5, 6]).AsNumber();
    [Benchmark] public override int Static2() => (int)add.Invoke(statics, [2, 3]).AsNumber();
    [Benchmark] public override double Float1() => scaled.Invoke(subject, [2.0]).AsNumber();
    [Benchmark] public override bool Bool1() => isMore.Invoke(subject, [3]).AsBoolean();
    [Benchmark] public override string Text1() => choose.Invoke(subject, ["text"]).AsString();
    [Benchmark] public override object Object1() => self.Invoke(subject, [subject]);
    [Benchmark] public override int GetInt() => (int)subject.Get("number").AsNumber();
    [Benchmark] public override double GetFloat() => subject.Get("ratio").AsNumber();
    [Benchmark] public override string GetText() => subject.Get("text").AsString();
    [Benchmark] public override object GetObject() => subject.Get("friend");
    [Benchmark] public override int GetStatic() => (int)statics.Get("shared").AsNumber();
    [Benchmark] public override void SetInt() => subject.Put("number", 42, throwOnError: false);
    [Benchmark] public override void SetFloat() => subject.Put("ratio", 2.5, throwOnError: false);
    [Benchmark] public override void SetText() => subject.Put("text", "other", throwOnError: false);
    [Benchmark] public override void SetObject() => subject.Put("friend", subject, throwOnError: false);
}
