class Calls {
	static function fib(n:Int):Int {
		if (n < 2)
			return n;
		return fib(n - 1) + fib(n - 2);
	}

	public static function run(n:Int):Int {
		return fib(n);
	}
}
