import haxe.Int64;

class Int64s {
	static function next(x:Int64):Int64 {
		x ^= x << 13;
		x ^= x >>> 7;
		x ^= x << 17;
		return x;
	}

	public static function run(n:Int):Int {
		var state = Int64.make(0x12345678, 0x9ABCDEF0);
		var sum = Int64.ofInt(0);
		var divisor = Int64.ofInt(1000003);
		for (i in 0...n) {
			state = next(state);
			sum = sum * 31 + state;
			if (state > sum)
				sum += i;
			if (i % 16 == 0)
				sum -= state / divisor;
		}
		return sum.high ^ sum.low;
	}
}
