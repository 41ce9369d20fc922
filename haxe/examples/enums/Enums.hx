@:keep
enum Action {
	Idle;
	Attack(target:String);
	Move(x:Int, y:Int);
	Both(first:Action, second:Action);
}

@:keep
class Robot {
	public static var last:Action = Idle;

	public static function perform(action:Action):String {
		last = action;
		return switch (action) {
			case Idle: "waits";
			case Attack(target): "attacks " + target;
			case Move(x, y): "moves to " + x + "," + y;
			case Both(first, second): perform(first) + " and " + perform(second);
		}
	}

	public static function plan(x:Int, y:Int):Action {
		return Both(Move(x, y), Idle);
	}
}

class Enums {
	static function main() {}
}
