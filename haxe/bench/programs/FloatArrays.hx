class FloatArrays {
	static function dot(a:Array<Float>, b:Array<Float>):Float {
		var sum = 0.0;
		for (i in 0...a.length)
			sum += a[i] * b[i];
		return sum;
	}

	public static function run(n:Int):Int {
		var a = new Array<Float>();
		var b = new Array<Float>();
		for (i in 0...n) {
			a.push(i * 0.5);
			b.push((n - i) * 0.25);
		}
		var total = 0.0;
		for (pass in 0...20) {
			for (i in 0...n)
				a[i] = a[i] * 0.5 + b[i];
			for (i in 1...n - 1)
				b[i] = (b[i - 1] + b[i] + b[i + 1]) / 3;
			total += dot(a, b) / n / n;
		}
		return Std.int(total) + a.length;
	}
}
