@:keep
class Refusal extends haxe.Exception {
	public var amount:Int;

	public function new(amount:Int) {
		super("cannot pay " + amount);
		this.amount = amount;
	}
}

@:keep
class Bank {
	public static var balance:Int = 100;

	public static function pay(amount:Int):Int {
		if (amount < 0)
			throw "a negative amount";
		if (amount > balance)
			throw new Refusal(amount);
		return balance -= amount;
	}

	public static function attempt(action:Void->Void):String {
		try {
			action();
			return "done";
		} catch (e:haxe.Exception) {
			return "caught " + e.message;
		}
	}

	public static function call(action:Void->Void):Void {
		action();
	}

	public static function lengthOf(text:String):Int {
		return text.length;
	}
}

class Exceptions {
	static function main() {}
}
