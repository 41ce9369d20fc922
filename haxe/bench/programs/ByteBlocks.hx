import haxe.io.Bytes;

class ByteBlocks {
	static function adler(bytes:Bytes):Int {
		var a = 1, b = 0;
		for (i in 0...bytes.length) {
			a = (a + bytes.get(i)) % 65521;
			b = (b + a) % 65521;
		}
		return (b << 16) | a;
	}

	public static function run(n:Int):Int {
		var bytes = Bytes.alloc(n * 4);
		for (i in 0...n)
			bytes.setInt32(i * 4, i * 0x9E3779B1);
		var copy = Bytes.alloc(n * 4);
		var sum = 0;
		for (pass in 0...4) {
			copy.blit(0, bytes, 0, n * 4);
			for (i in 0...n * 4)
				copy.set(i, copy.get(i) ^ (i >> 2));
			for (i in 0...n)
				sum = sum * 31 + (copy.getInt32(i * 4) ^ bytes.getUInt16(i * 2));
			sum ^= adler(copy);
			bytes.setDouble(0, sum);
		}
		return sum;
	}
}
