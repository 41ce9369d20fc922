@:keep
class Player {
	public var name:String;
	public var health:Int;

	public function new(name:String) {
		this.name = name;
		this.health = 100;
	}

	public function takeDamage(amount:Int):Void {
		health -= amount;
		if (health < 0)
			health = 0;
	}

	public function heal(amount:Int):Int {
		health += amount;
		if (health > 100)
			health = 100;
		return health;
	}

	public function isAlive():Bool {
		return health > 0;
	}

	public function greet(other:String):String {
		return name + " greets " + other;
	}

	public function scaled(factor:Float):Float {
		return health * factor;
	}

	public function apply(action:Hello.Action):String {
		return switch (action) {
			case Idle: name + " waits";
			case Attack(target): name + " attacks " + target;
			case Move(x, y): name + " moves to " + x + "," + y;
		}
	}

	public function toString():String {
		return "Player(" + name + ", " + health + ")";
	}
}
