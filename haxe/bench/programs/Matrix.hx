class Matrix {
	static function make(n:Int, seed:Int):Array<Array<Float>> {
		return [for (i in 0...n) [for (j in 0...n) (i * seed + j) % 10 * 0.5]];
	}

	static function multiply(a:Array<Array<Float>>, b:Array<Array<Float>>, n:Int):Array<Array<Float>> {
		var result = make(n, 0);
		for (i in 0...n)
			for (j in 0...n) {
				var sum = 0.0;
				for (k in 0...n)
					sum += a[i][k] * b[k][j];
				result[i][j] = sum;
			}
		return result;
	}

	public static function run(n:Int):Int {
		var c = multiply(make(n, 3), make(n, 7), n);
		var trace = 0.0;
		for (i in 0...n)
			trace += c[i][i];
		return Std.int(trace);
	}
}
