using System.Runtime.CompilerServices;

namespace HlDynamic.Benchmarks;

/// <summary>What <c>Subject</c> in <c>haxe/bench/CallSites.hx</c> is, in C#. Only calls are measured, so none is inlined.</summary>
public class Subject
{
    public static int Shared = 7;

    public int number = 100;
    public double ratio = 1.5;
    public string text = "twenty characters ..";
    public bool flag = true;
    public Subject friend;

    public Subject() => friend = this;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Add(int a, int b) => a + b;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void nothing() => number = 100;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public int next(int a) => (number + a) & 255;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public int sum3(int a, int b, int c) => a + b + c;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public int sum6(int a, int b, int c, int d, int e, int f) => a + b + c + d + e + f;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public double scaled(double factor) => ratio * factor;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool isMore(int than) => number > than;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public string choose(string other) => flag ? other : text;

    /// <summary>As <see cref="choose"/>, for those who have used that one already.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public string pick(string other) => flag ? other : text;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public Subject self(Subject other) => flag ? other : friend;
}

/// <summary>The statics of <see cref="Subject"/>, as members of an object.</summary>
public class SubjectClass
{
    public int shared = 7;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public int add(int a, int b) => a + b;
}
