class Key {
	public var id:Int;

	public function new(id:Int)
		this.id = id;
}

class ObjectMaps {
	public static function run(n:Int):Int {
		var keys = [for (i in 0...n) new Key(i)];
		var map = new Map<Key, Int>();
		var sum = 0;
		for (key in keys)
			map.set(key, key.id);
		for (pass in 0...5)
			for (key in keys)
				map.set(key, map.get(key) * 3 + pass);
		for (key => value in map)
			sum += key.id ^ value;
		return sum;
	}
}
