using System.Diagnostics;
using System.Text;

namespace HlDynamic.Load;

/// <summary>Haxe programs of any size, whose classes use a bit of everything.</summary>
internal static class GeneratedProgram
{
    /// <summary>Builds a program.</summary>
    /// <param name="directory">Where to.</param>
    /// <param name="classes">How many classes it has, about 4 KB each.</param>
    /// <exception cref="InvalidOperationException">There is no Haxe compiler on the PATH, or it reports an error.</exception>
    public static string Build(string directory, int classes)
    {
        string sources = Directory.CreateDirectory(Path.Combine(directory, "source" + classes)).FullName;
        var random = new Random(7);
        for (int i = 0; i < classes; i++)
            File.WriteAllText(Path.Combine(sources, $"C{i}.hx"), Class(i, random));
        string imports = string.Concat(Enumerable.Range(0, classes).Select(i => $"import C{i};\n"));
        string use = classes == 0 ? "" : "var c = new C0(4); Sys.println(c.common(3) + ' ' + c.safe0(-1) + ' ' + c.maps0([1, 2, 3]));";
        File.WriteAllText(Path.Combine(sources, "Main.hx"), $"{imports}class Main {{ static function main() {{ Sys.println('first line'); {use} }} }}\n");
        string file = Path.Combine(directory, $"generated{classes}.hl");
        Compile(sources, file);
        return file;
    }

    private static void Compile(string sources, string file)
    {
        var start = new ProcessStartInfo("haxe", ["-cp", sources, "-main", "Main", "-dce", "std", "-hl", file]) { RedirectStandardError = true };
        try
        {
            using Process haxe = Process.Start(start)!;
            string errors = haxe.StandardError.ReadToEnd();
            haxe.WaitForExit();
            if (haxe.ExitCode != 0)
                throw new InvalidOperationException($"haxe: {errors}");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException("The programs to load are generated: this needs the Haxe compiler, 'haxe', on the PATH. Or name .hl files.", e);
        }
    }

    private static string Class(int i, Random random)
    {
        string? super = i % 5 is 1 or 2 or 3 ? $"C{i - 1}" : null;
        var text = new StringBuilder($$"""
            interface I{{i}} { function area{{i}}(k:Int):Float; function label{{i}}():String; }
            enum E{{i}} { None{{i}}; Num{{i}}(v:Int); Pair{{i}}(a:String, b:E{{i}}); Obj{{i}}(o:{x:Int, name:String}); }
            typedef T{{i}} = { x:Int, name:String, ?w{{i % 40}}:Float };
            @:keep class C{{i}} {{(super is null ? "" : "extends " + super)}} implements I{{i}} {
              public var a{{i}}:Int; public var b{{i}}:Float; public var s{{i}}:String; public var list{{i}}:Array<Int>; public var cb{{i}}:Int->Int;
              public static var count{{i}} = {{i}}; public static var names{{i}} = ['a{{i}}', 'b{{i}}']; public static var map{{i}}:Map<String, Int> = new Map();
              public function new(a:Int) { {{(super is null ? "" : "super(a);")}} a{{i}} = a; b{{i}} = a * 1.5; s{{i}} = 'n' + a; list{{i}} = [for (k in 0...3) k * a]; cb{{i}} = x -> x + a{{i}}; }
              public function area{{i}}(k:Int):Float { var t = 0.0; for (j in 0...k) { t += j * b{{i}}; if (t > 1000) break; } return t; }
              public function label{{i}}():String return s{{i}} + '#' + a{{i}};
              {{(super is null ? "public function common(x:Int):Int return x" : "override public function common(x:Int):Int return super.common(x)")}} + a{{i}} * {{i % 13 + 1}};
              public function walk{{i}}(e:E{{i}}, d:Int):Int { return switch (e) { case None{{i}}: 0; case Num{{i}}(v) if (v > 3): v * 2; case Num{{i}}(v): v; case Pair{{i}}(q, r): q.length + (d > 9 ? 0 : walk{{i}}(r, d + 1)); case Obj{{i}}(o): o.x + o.name.length; } }
              public function safe{{i}}(x:Int):String { try { if (x < 0) throw 'neg{{i}}'; if (x > 100) throw new haxe.Exception('big'); return Std.string(100 / x); } catch (e:String) { return e; } catch (e:haxe.Exception) { return e.message; } }
              public function maps{{i}}(xs:Array<Int>):Int { var m = new Map<Int, String>(); for (x in xs) m.set(x, 'v' + x); var f = xs.map(v -> v * {{i}} + a{{i}}).filter(v -> v % 2 == 0); var r = 0; for (v in f) r += v; return r + (m.exists(3) ? 1 : 0); }
              public function dyn{{i}}(d:Dynamic):Dynamic { if (Reflect.hasField(d, 'x')) return d.x + 1; return {x: a{{i}}, y: b{{i}}, z{{i % 60}}: s{{i}}}; }

            """);
        for (int m = 0; m < 12; m++)
            text.Append(Method(i, m, random.Next(8)));
        return text.Append("}\n").ToString();
    }

    private static string Method(int i, int m, int kind)
    {
        string name = $"m{i}_{m}";
        return kind switch
        {
            0 => $$"""  public function {{name}}(x:Int, y:Int):Int { var r = x; while (r < y) { r = r * 2 + {{m}}; if (r & 7 == 3) r ^= {{i}}; else r -= 1; } return r >>> 1; }""",
            1 => $$"""  public static function {{name}}(t:T{{i}}, f:Float):String { var u = t.name + f; if (t.x > {{m}}) u += Std.string(t.x); return u.toUpperCase() + 'lit{{i}}x{{m}}'; }""",
            2 => $$"""  public function {{name}}(n:Int):Void->Int { var acc = n; return function() { acc += a{{i}}; var g = (q:Int) -> q + acc; return g({{m}}); }; }""",
            3 => $$"""  public static function {{name}}(s:String):Array<String> { var parts = s.split(','); parts.push('{{name}}'); for (j in 0...parts.length) parts[j] = parts[j].substr(0, {{m}}) + j; return parts; }""",
            4 => $$"""  public function {{name}}(b:haxe.io.Bytes):Int { var t = 0; for (j in 0...b.length) t = (t * 31 + b.get(j)) & 0xFFFFFF; switch (t % 6) { case 0: t += 1; case 1: t += a{{i}}; case 2, 3: t *= 2; case 5: t -= 3; default: } return t; }""",
            5 => $$"""  public function {{name}}(o:I{{i}}):Float { return o.area{{i}}({{m}}) + o.label{{i}}().length; }""",
            6 => $$"""  public function {{name}}(v:Null<Int>, ?w:Float):Dynamic { if (v == null) return w; return [v, w, null]; }""",
            _ => $$"""  public static function {{name}}<T>(xs:Array<T>, f:T->Bool):Int { var c = 0; for (x in xs) if (f(x)) c++; return c + count{{i}}; }""",
        } + "\n";
    }
}
