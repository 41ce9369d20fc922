class StringBuffers {
	public static function run(n:Int):Int {
		var sum = 0;
		for (pass in 0...n) {
			var buf = new StringBuf();
			for (i in 0...1000) {
				buf.add("item ");
				buf.add(i);
				buf.addChar(",".code);
				buf.addSub("abcdefgh", i & 3, 3);
			}
			var text = buf.toString();
			sum = sum * 31 + text.length + StringTools.fastCodeAt(text, pass % 1000);
		}
		return sum;
	}
}
