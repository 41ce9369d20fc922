class Fault {
	public var code:Int;

	public function new(code:Int)
		this.code = code;
}

class Exceptions {
	static function check(depth:Int, i:Int):Int {
		if (depth > 0)
			return check(depth - 1, i) + 1;
		if (i % 3 == 0)
			throw new Fault(i);
		return i;
	}

	public static function run(n:Int):Int {
		var sum = 0;
		for (i in 0...n) {
			try {
				sum += check(3, i);
			} catch (f:Fault) {
				sum ^= f.code;
			}
		}
		return sum;
	}
}
