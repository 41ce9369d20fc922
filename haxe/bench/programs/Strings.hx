class Strings {
	static function hash(s:String):Int {
		var h = 5381;
		for (i in 0...s.length)
			h = h * 33 ^ StringTools.fastCodeAt(s, i);
		return h;
	}

	static function vowels(s:String):Int {
		var count = 0;
		for (i in 0...s.length)
			switch (s.charAt(i)) {
				case "a", "e", "i", "o", "u":
					count++;
				default:
			}
		return count;
	}

	public static function run(n:Int):Int {
		var text = "the quick brown fox jumps over the lazy dog";
		var sum = 0;
		for (i in 0...n) {
			var line = text + " " + i + " times";
			for (word in line.split(" ")) {
				if (word == "times" || word < "dog")
					sum++;
				sum = sum * 31 + hash(word);
			}
			sum += line.indexOf("lazy") + line.lastIndexOf("the");
			sum ^= hash(line.substr(4, 15).toUpperCase());
			sum += vowels(line);
			sum += line.charCodeAt(i % line.length);
		}
		return sum;
	}
}
