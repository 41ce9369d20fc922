class IntMaps {
	public static function run(n:Int):Int {
		var map = new Map<Int, Int>();
		var sum = 0;
		for (i in 0...n)
			map.set(i * 7919 & 0xFFFFF, i);
		for (pass in 0...5) {
			for (i in 0...n) {
				var key = i * 7919 & 0xFFFFF;
				if (map.exists(key))
					map.set(key, map.get(key) + pass);
			}
			for (i in 0...1000)
				map.remove(i * 7919 & 0xFFFFF);
		}
		for (key => value in map)
			sum += key ^ value;
		return sum;
	}
}
