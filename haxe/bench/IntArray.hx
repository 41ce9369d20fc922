class IntArray {
	static function main() {
		var args = Sys.args();
		var size:Int = args.length > 0 ? Std.parseInt(args[0]) : 2000000;
		var passes = 20;
		var sum = 0;

		var a = new Array<Int>();
		for (i in 0...size)
			a.push(i * 7 + (i >> 3));

		for (pass in 0...passes) {
			for (i in 1...size)
				a[i] = a[i] + a[i - 1];
			for (i in 0...size)
				a[i] = a[i] ^ (a[size - 1 - i] >>> 1);
			for (i in 0...a.length)
				sum = sum * 31 + a[i];
		}

		var composite = [for (i in 0...size) 0];
		var primes = 0;
		for (i in 2...size) {
			if (composite[i] == 0) {
				primes++;
				var j = i + i;
				while (j < size) {
					composite[j] = 1;
					j += i;
				}
			}
		}

		var max = a[0];
		for (v in a)
			if (v > max)
				max = v;

		Sys.println((sum ^ max) + primes);
	}
}
