typedef Point = {x:Int, y:Float}
typedef Wide = {x:Int, y:Float, ?z:String}

class Position {
	public var x:Int;
	public var y:Float;

	public function new(x:Int, y:Float) {
		this.x = x;
		this.y = y;
	}
}

// Structures cast from Dynamic, and dynamic objects written and read: Structures [COUNT [VARIANT]]
class Structures {
	static function read(p:Point):Int
		return p.x + Std.int(p.y);

	// A class instance seen as a structure.
	static function classes(count:Int):Int {
		var sum = 0;
		for (i in 0...count) {
			var d:Dynamic = new Position(i, 1.5);
			var p:Point = d;
			p.x += 2;
			sum += p.x + Std.int(p.y);
		}
		return sum;
	}

	// Without Dynamic between.
	static function direct(count:Int):Int {
		var sum = 0;
		for (i in 0...count) {
			var p:Point = new Position(i, 2.5);
			sum += p.x + read(p);
		}
		return sum;
	}

	static function objects(count:Int):Int {
		var sum = 0;
		for (i in 0...count) {
			var d:Dynamic = {};
			d.x = i;
			d.y = 0.5;
			var p:Point = d;
			p.x += 2;
			sum += p.x + Std.int(p.y);
		}
		return sum;
	}

	static function structures(count:Int):Int {
		var sum = 0;
		for (i in 0...count) {
			var d:Dynamic = {x: i, y: 2.5, z: "z"};
			var p:Point = d;
			var w:Wide = d;
			w.x += 3;
			sum += p.x + Std.int(p.y) + w.z.length;
		}
		return sum;
	}

	static function writes(count:Int):Int {
		var d:Dynamic = {};
		d.x = 0;
		d.y = 0.5;
		d.s = "";
		for (i in 0...count) {
			d.x = i;
			d.y = i * 0.5;
			d.s = "text";
			d.x += 1;
		}
		return d.x + Std.int(d.y) + d.s.length;
	}

	static function classWrites(count:Int):Int {
		var d:Dynamic = new Position(0, 0);
		for (i in 0...count) {
			d.x = i;
			d.y = i * 0.5;
			d.x += 1;
		}
		return d.x + Std.int(d.y);
	}

	static function grows(count:Int):Int {
		var sum = 0;
		for (i in 0...count) {
			var d:Dynamic = {};
			d.a = i;
			d.b = "b";
			d.c = 1.5;
			d.e = d;
			sum += d.a + d.b.length;
		}
		return sum;
	}

	static function fields(count:Int):Int {
		var d:Dynamic = {a: 1, b: "b", c: 1.5};
		var names = ["a", "b", "c", "n", "m", "o"];
		var sum = 0;
		for (i in 0...count) {
			var name = names[i % 6];
			if (Reflect.hasField(d, name))
				sum++;
			Reflect.setField(d, name, i);
			sum += (Reflect.field(d, name) : Int);
			if (i % 5 == 0)
				Reflect.deleteField(d, name);
		}
		return sum + Reflect.fields(d).length;
	}

	static function main() {
		var args = Sys.args();
		var count:Int = args.length > 0 ? Std.parseInt(args[0]) : 1000;
		var variant = args.length > 1 ? args[1] : "all";
		function run(name:String, f:Int->Int) {
			if (variant == "time") {
				var start = Sys.time();
				var result = f(count);
				Sys.println(name + ": " + Std.int((Sys.time() - start) * 1000) + " ms " + result);
			} else if (variant == "all" || variant == name) {
				Sys.println(name + ": " + f(count));
			}
		}
		run("classes", classes);
		run("direct", direct);
		run("objects", objects);
		run("structures", structures);
		run("writes", writes);
		run("classWrites", classWrites);
		run("grows", grows);
		run("fields", fields);
	}
}
