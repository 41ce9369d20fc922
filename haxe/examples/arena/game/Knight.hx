package game;

@:keep
class Knight extends Hero {
	public var armour:Int = 2;

	override public function hit(amount:Int):Int {
		return super.hit(Arena.Rules.damage(amount, armour));
	}

	override public function title():String {
		return "Sir " + name;
	}
}
