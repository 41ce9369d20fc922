class Item {
	public var key:Int;
	public var name:String;

	public function new(key:Int, name:String) {
		this.key = key;
		this.name = name;
	}
}

class Sorting {
	static var seed = 0;

	static function random():Int {
		seed = seed * 1103515245 + 12345;
		return seed >>> 8;
	}

	static function quick(a:Array<Int>, lo:Int, hi:Int) {
		var i = lo, j = hi, pivot = a[(lo + hi) >> 1];
		while (i <= j) {
			while (a[i] < pivot)
				i++;
			while (a[j] > pivot)
				j--;
			if (i <= j) {
				var t = a[i];
				a[i++] = a[j];
				a[j--] = t;
			}
		}
		if (lo < j)
			quick(a, lo, j);
		if (i < hi)
			quick(a, i, hi);
	}

	public static function run(n:Int):Int {
		seed = 42;
		var sum = 0;
		var a = [for (i in 0...n) random()];
		quick(a, 0, n - 1);
		for (i in 0...n)
			sum = sum * 31 + a[i];
		var b = [for (i in 0...n) random()];
		b.sort((x, y) -> x - y);
		for (i in 0...n)
			sum = sum * 31 + b[i];
		var items = [for (i in 0...n) new Item(random(), "item")];
		items.sort((x, y) -> x.key - y.key);
		for (item in items)
			sum = sum * 31 + item.key;
		return sum;
	}
}
