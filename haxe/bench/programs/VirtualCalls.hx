class Shape {
	public function new() {}

	public function area(scale:Int):Int
		return 0;

	public function corners():Int
		return 0;
}

class Square extends Shape {
	var side:Int;

	public function new(side:Int) {
		super();
		this.side = side;
	}

	override function area(scale:Int):Int
		return side * side * scale;

	override function corners():Int
		return 4;
}

class Oblong extends Square {
	var other:Int;

	public function new(side:Int, other:Int) {
		super(side);
		this.other = other;
	}

	override function area(scale:Int):Int
		return side * other * scale;
}

class Disc extends Shape {
	var radius:Int;

	public function new(radius:Int) {
		super();
		this.radius = radius;
	}

	override function area(scale:Int):Int
		return 3 * radius * radius * scale;
}

class VirtualCalls {
	public static function run(n:Int):Int {
		var shapes = new Array<Shape>();
		for (i in 0...1000)
			switch (i % 3) {
				case 0:
					shapes.push(new Square(i));
				case 1:
					shapes.push(new Oblong(i, i + 1));
				default:
					shapes.push(new Disc(i));
			}
		var sum = 0;
		for (pass in 0...n)
			for (shape in shapes)
				sum += shape.area(pass) ^ shape.corners();
		return sum;
	}
}
