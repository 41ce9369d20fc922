class StringMaps {
	public static function run(n:Int):Int {
		var words = [for (i in 0...n) "word" + ((i * 31) % n)];
		var map = new Map<String, Int>();
		var sum = 0;
		for (pass in 0...5)
			for (word in words)
				map.set(word, map.exists(word) ? map.get(word) + 1 : 1);
		for (word in words)
			sum = sum * 31 + map.get(word);
		for (key => value in map)
			sum += key.length + value;
		return sum;
	}
}
