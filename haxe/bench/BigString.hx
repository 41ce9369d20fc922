// A string built and searched: BigString [LENGTH [VARIANT]]
class BigString {
	static function build(length:Int):String {
		var buf = new StringBuf();
		var i = 0;
		while (buf.length < length) {
			buf.add("line ");
			buf.add(i++);
			buf.addChar(i % 7 == 0 ? ";".code : ",".code);
		}
		return buf.toString();
	}

	static function append(length:Int):String {
		var s = "";
		var i = 0;
		while (s.length < length)
			s += "part" + (i++) + "/";
		return s;
	}

	static function find(s:String, what:String):Int {
		var count = 0;
		var at = s.indexOf(what);
		while (at >= 0) {
			count += 1 + (at & 1);
			at = s.indexOf(what, at + 1);
		}
		return count;
	}

	static function chars(s:String):Int {
		var sum = 0;
		for (i in 0...s.length)
			sum = sum * 31 + StringTools.fastCodeAt(s, i);
		for (i in 0...s.length)
			if (s.charAt(i) == ";")
				sum += i;
		for (i in 0...s.length)
			sum ^= s.charCodeAt(i);
		return sum;
	}

	static function parts(s:String):Int {
		var sum = 0;
		for (part in s.split(","))
			sum = sum * 31 + part.length;
		return sum;
	}

	static function replace(s:String):Int {
		var t = StringTools.replace(s, ";", "--");
		return t.length + t.indexOf("--") + t.lastIndexOf("line");
	}

	static function main() {
		var args = Sys.args();
		var length:Int = args.length > 0 ? Std.parseInt(args[0]) : 20000;
		var variant = args.length > 1 ? args[1] : "all";
		function is(name:String):Bool
			return variant == "all" || variant == name;
		if (is("append"))
			Sys.println("append: " + append(length < 50000 ? length : 50000).length);
		var s = build(length);
		Sys.println("build: " + s.length);
		if (is("find"))
			Sys.println("find: " + find(s, ";") + " " + find(s, "9,line 1") + " " + s.indexOf("absent") + " " + s.lastIndexOf("absent"));
		if (is("chars"))
			Sys.println("chars: " + chars(s));
		if (is("split"))
			Sys.println("split: " + parts(s));
		if (is("replace"))
			Sys.println("replace: " + replace(s));
		if (is("case"))
			Sys.println("case: " + s.toUpperCase().indexOf("LINE 10") + " " + (s.substr(1) < s));
	}
}
