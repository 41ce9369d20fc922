interface Counter {
	var step(default, null):Int;
	function next(by:Int):Int;
}

class Plain implements Counter {
	public var step(default, null):Int = 1;

	var count = 0;

	public function new() {}

	public function next(by:Int):Int {
		count += by;
		return count;
	}
}

class Mixing implements Counter {
	public var step(default, null):Int = 2;

	var state = 17;

	public function new() {}

	public function next(by:Int):Int {
		state = state * 31 ^ by;
		return state;
	}
}

class InterfaceCalls {
	static function drive(counter:Counter, times:Int):Int {
		var sum = 0;
		for (i in 0...times)
			sum ^= counter.next(i) + counter.step;
		return sum;
	}

	public static function run(n:Int):Int {
		var counters = new Array<Counter>();
		for (i in 0...100)
			counters.push(i % 2 == 0 ? new Plain() : new Mixing());
		var sum = 0;
		for (i in 0...n)
			for (counter in counters)
				sum += drive(counter, 100);
		return sum;
	}
}
