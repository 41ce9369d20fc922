class Regexps {
	public static function run(n:Int):Int {
		var sum = 0;
		var mail = ~/([a-z0-9_.]+)@([a-z0-9]+)\.(com|org|net)/;
		var number = ~/[0-9]+/g;
		var blank = ~/[ \t]*,[ \t]*/g;
		for (i in 0...n) {
			var line = 'from ann.$i@example.com , to bob_$i@host$i.org, size ${i * 37} , id $i';
			var rest = line;
			while (mail.match(rest)) {
				sum += mail.matched(1).length * 3 + mail.matched(2).length;
				rest = mail.matchedRight();
			}
			sum = sum * 31 + number.replace(line, "#").length;
			sum += blank.split(line).length;
			sum ^= number.map(line, r -> r.matched(0) + "!").length;
		}
		return sum;
	}
}
