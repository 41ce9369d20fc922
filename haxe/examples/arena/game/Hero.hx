package game;

@:keep
class Hero {
	public var name:String;
	public var strength:Int;
	public var health:Int = 30;
	public var rank(get, set):Int;

	var points:Int = 10;

	public function new(name:String, strength:Int = 5) {
		this.name = name;
		this.strength = strength;
	}

	function get_rank():Int {
		return Std.int(points / 10);
	}

	function set_rank(value:Int):Int {
		points = value * 10;
		return value;
	}

	public function isAlive():Bool {
		return health > 0;
	}

	public function hit(amount:Int):Int {
		health -= amount;
		if (health < 0)
			health = 0;
		return health;
	}

	public function title():String {
		return name;
	}

	public function toString():String {
		return title() + " (" + health + ")";
	}
}
