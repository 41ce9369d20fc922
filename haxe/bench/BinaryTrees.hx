class Node {
	public var left:Node;
	public var right:Node;

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

class BinaryTrees {
	static function build(depth:Int):Node {
		if (depth == 0)
			return new Node(null, null);
		return new Node(build(depth - 1), build(depth - 1));
	}

	static function main() {
		var args = Sys.args();
		var n:Int = args.length > 0 ? Std.parseInt(args[0]) : 16;
		var minDepth = 4;
		var maxDepth = n < minDepth + 2 ? minDepth + 2 : n;
		var sum = build(maxDepth + 1).check();
		var longLived = build(maxDepth);
		var depth = minDepth;
		while (depth <= maxDepth) {
			var iterations = 1 << (maxDepth - depth + minDepth);
			var check = 0;
			for (i in 0...iterations)
				check += build(depth).check();
			sum = (sum * 31) ^ (check + depth);
			depth += 4;
		}
		sum += longLived.check();
		Sys.println(sum);
	}
}
