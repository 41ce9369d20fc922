import game.Knight;
import game.Hero;

enum Weather {
	Sun;
	Rain(millimetres:Float);
}

@:keep
class Rules {
	public static var maxHealth:Int = 100;
	public static var title:String = "Arena";
	public static var speed(get, set):Float;
	static var storedSpeed:Float = 1;

	static function get_speed():Float {
		return storedSpeed;
	}

	static function set_speed(value:Float):Float {
		return storedSpeed = value > 4 ? 4 : value;
	}

	public static function damage(strength:Int, armour:Int = 2, ?weather:Weather):Int {
		var wet = switch (weather) {
			case Rain(mm) if (mm > 5): 1;
			default: 0;
		}
		var result = strength - armour - wet;
		return result < 0 ? 0 : result;
	}

	public static function sum(values:Array<Int>):Int {
		var total = 0;
		for (v in values)
			total += v;
		return total;
	}
}

@:keep
class Arena {
	public static function duel(a:Hero, b:Hero):Hero {
		while (a.isAlive() && b.isAlive()) {
			b.hit(a.strength);
			if (b.isAlive())
				a.hit(b.strength);
		}
		return a.isAlive() ? a : b;
	}

	static function main() {
		new Knight("Lot", 12);
	}
}
