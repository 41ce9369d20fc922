class Node {
	var left:Node;
	var right:Node;

	public function new(left:Node, right:Node) {
		this.left = left;
		this.right = right;
	}

	public function check():Int {
		if (left == null)
			return 1;
		return 1 + left.check() + right.check();
	}
}

class Allocation {
	static function build(depth:Int):Node {
		if (depth == 0)
			return new Node(null, null);
		return new Node(build(depth - 1), build(depth - 1));
	}

	public static function run(n:Int):Int {
		var sum = 0;
		var kept = build(n);
		for (i in 0...40)
			sum = sum * 31 + build(n - i % 4).check();
		return sum + kept.check();
	}
}
