import sys.thread.Deque;
import sys.thread.Mutex;
import sys.thread.Thread;

// Threads that compute, share a lock, and pass messages: Threads [COUNT [WORK]]
class Threads {
	static var mutex = new Mutex();
	static var shared = 0;

	static function work(seed:Int, size:Int):Int {
		var sum = seed;
		var list = new Array<Int>();
		for (i in 0...size) {
			list.push(i ^ seed);
			sum = sum * 31 + list[i];
			if (i % 100 == 0) {
				mutex.acquire();
				shared++;
				mutex.release();
			}
		}
		return sum;
	}

	static function main() {
		var args = Sys.args();
		var count:Int = args.length > 0 ? Std.parseInt(args[0]) : 10;
		var size:Int = args.length > 1 ? Std.parseInt(args[1]) : 1000;
		var done = new Deque<Int>();
		var start = new Deque<Bool>();
		for (t in 0...count)
			Thread.create(() -> {
				start.pop(true);
				done.add(work(t, size));
			});
		for (t in 0...count)
			start.add(true);
		var sum = 0;
		for (t in 0...count)
			sum += done.pop(true);
		Sys.println(sum + " " + shared);
	}
}
