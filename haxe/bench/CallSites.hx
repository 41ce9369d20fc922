// What benchmarks of call sites use from C#: members of every kind and number of arguments.
@:keep
class Subject {
	public static var shared:Int = 7;

	public var number:Int = 100;
	public var ratio:Float = 1.5;
	public var text:String = "twenty characters ..";
	public var flag:Bool = true;
	public var friend:Subject;

	public function new() {
		friend = this;
	}

	public static function add(a:Int, b:Int):Int {
		return a + b;
	}

	public function nothing():Void {
		number = 100;
	}

	public function next(a:Int):Int {
		return (number + a) & 255;
	}

	public function sum3(a:Int, b:Int, c:Int):Int {
		return a + b + c;
	}

	public function sum6(a:Int, b:Int, c:Int, d:Int, e:Int, f:Int):Int {
		return a + b + c + d + e + f;
	}

	public function scaled(factor:Float):Float {
		return ratio * factor;
	}

	public function isMore(than:Int):Bool {
		return number > than;
	}

	public function choose(other:String):String {
		return flag ? other : text;
	}

	public function self(other:Subject):Subject {
		return flag ? other : friend;
	}
}

@:keep
class Borders {
	public static var ints:Array<Int> = [for (i in 0...100) i];
	public static var floats:Array<Float> = [for (i in 0...100) i * 0.5];
	public static var objects:Array<Subject> = [for (i in 0...100) new Subject()];
	public static var names:Map<String, Int> = ["one" => 1, "two" => 2, "three" => 3];
	public static var numbers:Map<Int, Int> = [1 => 10, 2 => 20, 3 => 30];
	public static var short:String = "short";
	public static var long:String = [for (i in 0...200) "x"].join("");

	// How long calling a function takes: the function is the only thing in the loop.
	public static function repeat(f:Int->Int, times:Int):Int {
		var x = 0;
		for (i in 0...times)
			x = f(x);
		return x;
	}

	public static function repeatText(f:String->String, times:Int):String {
		var x = "a";
		for (i in 0...times)
			x = f(x);
		return x;
	}

	public static function repeatFloat(f:(Float, Float) -> Float, times:Int):Float {
		var x = 0.0;
		for (i in 0...times)
			x = f(x, 1);
		return x;
	}

	public static function repeatDynamic(f:Dynamic, times:Int):Int {
		var x:Int = 0;
		for (i in 0...times)
			x = f(x);
		return x;
	}

	public static function adder(n:Int):Int->Int {
		return function(x) return (x + n) & 255;
	}

	// Texts that no one has seen yet.
	public static function fresh(count:Int, length:Int):Array<String> {
		return [for (i in 0...count) long.substr(i & 63, length)];
	}

	public static function lengthOf(s:String):Int {
		return s.length;
	}
}

class CallSites {
	static function main() {
		var times = Sys.args().length > 0 ? Std.parseInt(Sys.args()[0]) : 1000;
		var s = new Subject();
		s.nothing();
		var sum = s.next(1) + s.sum3(1, 2, 3) + s.sum6(1, 2, 3, 4, 5, 6) + Std.int(s.scaled(2)) + (s.isMore(3) ? 1 : 0);
		sum += s.choose("abc").length + s.self(s).number + Subject.add(2, 3) + Subject.shared;
		sum += Borders.repeat(Borders.adder(3), times) + Borders.repeatText(t -> t, times).length;
		sum += Std.int(Borders.repeatFloat((a, b) -> a + b, times)) + Borders.repeatDynamic(Borders.adder(1), times);
		for (t in Borders.fresh(10, 20))
			sum += Borders.lengthOf(t);
		sum += Borders.ints[5] + Std.int(Borders.floats[5]) + Borders.objects[5].number + Borders.names["two"] + Borders.numbers[3] + Borders.short.length;
		Sys.println("CallSites: " + sum);
	}
}
