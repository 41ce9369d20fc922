class ComplexNumber {
	public var re:Float;
	public var im:Float;

	public function new(re:Float, im:Float) {
		this.re = re;
		this.im = im;
	}

	public function add(c:ComplexNumber):ComplexNumber
		return new ComplexNumber(re + c.re, im + c.im);

	public function square():ComplexNumber
		return new ComplexNumber(re * re - im * im, 2 * re * im);

	public function length2():Float
		return re * re + im * im;
}

class MandelbrotObjects {
	public static function run(n:Int):Int {
		var sum = 0;
		for (py in 0...n)
			for (px in 0...n) {
				var c = new ComplexNumber(px * 3.0 / n - 2, py * 2.0 / n - 1);
				var z = new ComplexNumber(0, 0);
				var i = 0;
				while (z.length2() < 4 && i < 200) {
					z = z.square().add(c);
					i++;
				}
				sum = sum * 31 + i;
			}
		return sum;
	}
}
