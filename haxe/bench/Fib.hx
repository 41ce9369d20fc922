class Fib {
	static function fib(n:Int):Int {
		if (n < 2)
			return n;
		return fib(n - 1) + fib(n - 2);
	}

	static function main() {
		var args = Sys.args();
		var n:Int = args.length > 0 ? Std.parseInt(args[0]) : 38;
		Sys.println(fib(n));
	}
}
