class Key {
	public var id:Int;

	public function new(id:Int)
		this.id = id;
}

// Maps filled, read, walked, emptied: BigMap [COUNT [VARIANT]]
class BigMap {
	static function ints(count:Int):Int {
		var map = new Map<Int, Int>();
		for (i in 0...count)
			map.set(i * 7919, i);
		var sum = 0;
		for (i in 0...count)
			sum += map.get(i * 7919) ^ i;
		for (i in 0...count)
			if (map.exists(i))
				sum += i;
		for (k in map.keys())
			sum = sum * 31 + k;
		for (v in map)
			sum = sum * 31 + v;
		for (i in 0...count)
			if (i % 3 != 0 && map.remove(i * 7919))
				sum++;
		for (k => v in map)
			sum = sum * 31 + k - v;
		return sum;
	}

	static function fill(count:Int):Int {
		var map = new Map<Int, Int>();
		for (i in 0...count)
			map.set(i, i);
		var sum = 0;
		for (i in 0...count)
			sum += map.get(i);
		return sum;
	}

	static function strings(count:Int):Int {
		var map = new Map<String, Int>();
		var keys = [for (i in 0...count) "key" + i];
		for (i in 0...count)
			map.set(keys[i], i);
		var sum = 0;
		for (i in 0...count)
			sum += map.get(keys[i]) ^ i;
		for (i in 0...count)
			if (map.exists("k" + i))
				sum++;
		for (k in map.keys())
			sum = sum * 31 + k.length;
		for (v in map)
			sum = sum * 31 + v;
		for (i in 0...count)
			if (i % 3 != 0 && map.remove(keys[i]))
				sum++;
		for (k => v in map)
			sum = sum * 31 + k.charCodeAt(k.length - 1) - v;
		return sum;
	}

	// The order of object maps differs from run to run, so sums only.
	static function work<K:{}>(keys:Array<K>, id:K->Int):Int {
		var map = new haxe.ds.ObjectMap<K, Int>();
		for (i in 0...keys.length)
			map.set(keys[i], i);
		var sum = 0;
		for (i in 0...keys.length)
			sum += map.get(keys[i]) ^ id(keys[i]);
		for (k in map.keys())
			sum += id(k);
		for (v in map)
			sum += v;
		for (i in 0...keys.length)
			if (i % 3 != 0 && map.remove(keys[i]))
				sum++;
		for (k => v in map)
			sum += id(k) - 2 * v;
		return sum;
	}

	static function objects(count:Int):Int
		return work([for (i in 0...count) new Key(i)], k -> k.id);

	static function structures(count:Int):Int
		return work([for (i in 0...count) {id: i}], k -> k.id);

	static function dynamics(count:Int):Int {
		var keys:Array<Dynamic> = [for (i in 0...count) haxe.Json.parse('{"id":1}')];
		return work(keys, k -> k.id);
	}

	static function main() {
		var args = Sys.args();
		var count:Int = args.length > 0 ? Std.parseInt(args[0]) : 1000;
		var variant = args.length > 1 ? args[1] : "all";
		function run(name:String, f:Int->Int) {
			if (variant == "all" || variant == name)
				Sys.println(name + ": " + f(count));
		}
		run("fill", fill);
		run("ints", ints);
		run("strings", strings);
		run("objects", objects);
		run("structures", structures);
		run("dynamics", dynamics);
	}
}
