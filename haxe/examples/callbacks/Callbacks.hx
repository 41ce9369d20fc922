@:keep
class Button {
	public var label:String;
	public var onClick:(Button, Int) -> Void;

	public function new(label:String) {
		this.label = label;
	}

	public function click(times:Int):Void {
		if (onClick != null)
			onClick(this, times);
	}
}

interface Logger {
	function log(line:String):Void;
}

@:keep
class App {
	static var logger:Logger;

	public static function applyTwice(f:Int->Int, value:Int):Int {
		return f(f(value));
	}

	public static function map(values:Array<String>, f:String->String):Array<String> {
		return [for (v in values) f(v)];
	}

	public static function adder(n:Int):Int->Int {
		return function(x) return x + n;
	}

	public static function use(target:Logger):Void {
		logger = target;
	}

	public static function work(steps:Int):Void {
		for (i in 0...steps)
			logger.log("step " + (i + 1) + " of " + steps);
	}

	public static function describe(host:Dynamic):String {
		host.Visits = host.Visits + 1;
		return host.Name + " has " + host.Visits + " visits, " + host.Greet("Haxe");
	}

	public static function roll(sides:Int):String {
		return "rolled " + Dice.roll(sides) + " of " + sides + ": " + Dice.comment("fine");
	}
}

// The question mark: HashLink, which has no such library, loads the program all the same.
class Dice {
	@:hlNative("?dice", "roll") public static function roll(sides:Int):Int {
		return 0;
	}

	@:hlNative("?dice", "comment") public static function comment(word:String):String {
		return null;
	}
}

class Callbacks {
	static function main() {}
}
