import com.example.Counter;

@:keep
enum Action {
	Idle;
	Attack(target:String);
	Move(x:Int, y:Int);
}

@:keep
class Game {
	public static var score:Int = 7;
	public static var title:String = "Arena";
	public static var ratio:Float = 0.5;
	public static var running:Bool = true;
	public static var hero:Player = new Player("Hero");

	public static function add(a:Int, b:Int):Int {
		return a + b;
	}

	public static function divide(a:Float, b:Float):Float {
		return a / b;
	}

	public static function describe(p:Player):String {
		return p.name + " has " + p.health + " health" + (p.isAlive() ? "" : " and is dead");
	}

	public static function isWinning(limit:Int):Bool {
		return score > limit;
	}

	public static function addScore(points:Int):Void {
		score += points;
	}

	public static function act(action:Action):String {
		return switch (action) {
			case Idle: "idle";
			case Attack(target): "attack " + target;
			case Move(x, y): "move " + x + " " + y;
		}
	}

	public static function makeMove(x:Int, y:Int):Action {
		return Move(x, y);
	}

	public static function sum(values:Array<Int>):Int {
		var total = 0;
		for (v in values)
			total += v;
		return total;
	}

	public static function names(players:Array<Player>):Array<String> {
		return [for (p in players) p.name];
	}

	public static function applyTwice(f:Int->Int, value:Int):Int {
		return f(f(value));
	}

	public static function adder(n:Int):Int->Int {
		return function(x) return x + n;
	}

	public static function point(x:Int, y:Int):{x:Int, y:Int} {
		return {x: x, y: y};
	}

	public static function echo(value:Dynamic):Dynamic {
		return value;
	}

	public static function optional(a:Int, ?b:Int, c:Float = 1.5):String {
		return a + " " + b + " " + c;
	}

	public static function fail(message:String):Void {
		throw message;
	}

	public static function failObject(name:String):Void {
		throw new Player(name);
	}

	public static function failException(message:String):Void {
		throw new haxe.Exception(message);
	}

	public static function failNull():Int {
		var p:Player = null;
		return p.health;
	}
}

class Hello {
	static function main() {
		var p = new Player("Ann");
		p.takeDamage(30);
		Sys.println(Game.describe(p));
		var c = new Counter("steps", 2);
		c.next();
		Sys.println(p.greet("Bob") + ", " + c.label() + ", " + Game.act(Move(1, 2)));
	}
}
