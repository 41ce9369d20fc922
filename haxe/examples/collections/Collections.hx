import haxe.ds.List;

@:keep
class Item {
	public var name:String;
	public var price:Float;

	public function new(name:String, price:Float) {
		this.name = name;
		this.price = price;
	}
}

@:keep
class Shop {
	public static var items:Array<Item> = [new Item("apple", 0.5), new Item("bread", 2.25), new Item("cheese", 4)];
	public static var sold:Array<Int> = [12, 4, 7];
	public static var stock:Map<String, Int> = ["apple" => 40, "bread" => 8];
	public static var queue:List<String> = new List();

	public static function total(amounts:Array<Float>):Float {
		var sum = 0.0;
		for (a in amounts)
			sum += a;
		return sum;
	}

	public static function restock(delivery:Map<String, Int>):Int {
		var pieces = 0;
		for (name => count in delivery) {
			stock.set(name, (stock.exists(name) ? stock.get(name) : 0) + count);
			pieces += count;
		}
		return pieces;
	}

	public static function countdown(from:Int):Iterator<Int> {
		return new Countdown(from);
	}

	public static function receipt():haxe.io.Bytes {
		return haxe.io.Bytes.ofString("3 apples");
	}

	public static function checksum(data:haxe.io.Bytes):Int {
		var sum = 0;
		for (i in 0...data.length)
			sum += data.get(i);
		return sum;
	}
}

class Countdown {
	var n:Int;

	public function new(n:Int) {
		this.n = n;
	}

	public function hasNext():Bool {
		return n > 0;
	}

	public function next():Int {
		return n--;
	}
}

class Collections {
	static function main() {
		Shop.queue.add("Ann");
		Shop.queue.add("Bob");
	}
}
