class Closures {
	static function compose(f:Int->Int, g:Int->Int):Int->Int {
		return x -> g(f(x));
	}

	static function fold(list:Array<Int>, f:(Int, Int) -> Int, start:Int):Int {
		var result = start;
		for (item in list)
			result = f(result, item);
		return result;
	}

	static function twice(x:Int):Int
		return x * 2;

	public static function run(n:Int):Int {
		var list = [for (i in 0...1000) i];
		var sum = 0;
		for (pass in 0...n) {
			var add = x -> x + pass;
			var both = compose(add, twice);
			var seen = 0;
			for (i in 0...1000)
				seen += both(i);
			var large = list.map(x -> x * pass).filter(x -> x % 3 == 0);
			sum += fold(large, (a, b) -> a * 31 + b, seen);
		}
		return sum;
	}
}
