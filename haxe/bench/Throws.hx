import haxe.Exception;

class Fault extends Exception {
	public var code:Int;

	public function new(code:Int) {
		super("fault");
		this.code = code;
	}
}

class Item {
	public var value:Int;

	public function new(value:Int)
		this.value = value;
}

// A million throws and catches: Throws COUNT [VARIANT [DEPTH]]
class Throws {
	static var none:Item = null;

	static function string(depth:Int, i:Int):Int {
		if (depth > 0)
			return string(depth - 1, i) + 1;
		if (i >= 0)
			throw "text";
		return i;
	}

	static function object(depth:Int, i:Int):Int {
		if (depth > 0)
			return object(depth - 1, i) + 1;
		if (i >= 0)
			throw new Fault(i);
		return i;
	}

	static function access(depth:Int, i:Int):Int {
		if (depth > 0)
			return access(depth - 1, i) + 1;
		return none.value + i;
	}

	// One object thrown over and over, so that only throwing and catching are timed.
	static function same(depth:Int, e:Exception):Int {
		if (depth > 0)
			return same(depth - 1, e) + 1;
		if (e != null)
			throw e;
		return 0;
	}

	static function run(variant:String, count:Int, depth:Int):Int {
		var sum = 0;
		var e = new Fault(3);
		for (i in 0...count) {
			switch (variant) {
				case "string":
					try
						sum += string(depth, i)
					catch (s:String)
						sum += s.length;
				case "object":
					try
						sum += object(depth, i)
					catch (f:Fault)
						sum += f.code;
				case "access":
					try
						sum += access(depth, i)
					catch (e:Exception)
						sum += e.message.length;
				case "same":
					try
						sum += same(depth, e)
					catch (f:Fault)
						sum += f.code;
				default:
					// Within one function.
					try {
						if (i >= 0)
							throw e;
						sum--;
					} catch (f:Fault) {
						sum += f.code;
					}
			}
		}
		return sum;
	}

	static function main() {
		var args = Sys.args();
		var count:Int = args.length > 0 ? Std.parseInt(args[0]) : 200;
		var variants = args.length > 1 && args[1] != "all" ? [args[1]] : ["string", "object", "access", "same", "local"];
		var depth:Int = args.length > 2 ? Std.parseInt(args[2]) : -1;
		var depths:Array<Int> = depth < 0 ? [0, 50] : [depth];
		for (variant in variants)
			for (depth in depths)
				Sys.println(variant + " " + depth + ": " + run(variant, count, depth));
	}
}
