class IntArrays {
	public static function run(n:Int):Int {
		var sum = 0;
		var a = new Array<Int>();
		for (i in 0...n)
			a.push(i * 7 + (i >> 3));

		for (pass in 0...10) {
			for (i in 1...n)
				a[i] = a[i] + a[i - 1];
			for (i in 0...n)
				a[i] = a[i] ^ (a[n - 1 - i] >>> 1);
			for (i in 0...a.length)
				sum = sum * 31 + a[i];
		}

		var composite = [for (i in 0...n) 0];
		var primes = 0;
		for (i in 2...n) {
			if (composite[i] == 0) {
				primes++;
				var j = i + i;
				while (j < n) {
					composite[j] = 1;
					j += i;
				}
			}
		}

		var max = a[0];
		for (v in a)
			if (v > max)
				max = v;
		return (sum ^ max) + primes;
	}
}
