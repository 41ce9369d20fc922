class Mandelbrot {
	public static function run(n:Int):Int {
		var sum = 0;
		for (py in 0...n)
			for (px in 0...n) {
				var cx = px * 3.0 / n - 2, cy = py * 2.0 / n - 1;
				var x = 0.0, y = 0.0, i = 0;
				while (x * x + y * y < 4 && i < 200) {
					var t = x * x - y * y + cx;
					y = 2 * x * y + cy;
					x = t;
					i++;
				}
				sum = sum * 31 + i;
			}
		return sum;
	}
}
