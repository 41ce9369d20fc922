typedef Program = {name:String, small:Int, run:Int->Int}

// Programs that are timed against their twins in perf/twins: Programs [NAME SIZE ROUNDS]
// Without arguments, the checksum of each with a small size; else that of one, and the seconds of its best round.
class Programs {
	static final all:Array<Program> = [
		{name: "Calls", small: 15, run: Calls.run},
		{name: "Allocation", small: 8, run: Allocation.run},
		{name: "VirtualCalls", small: 2, run: VirtualCalls.run},
		{name: "InterfaceCalls", small: 2, run: InterfaceCalls.run},
		{name: "Closures", small: 2, run: Closures.run},
		{name: "IntArrays", small: 1000, run: IntArrays.run},
		{name: "FloatArrays", small: 1000, run: FloatArrays.run},
		{name: "ByteBlocks", small: 1000, run: ByteBlocks.run},
		{name: "Strings", small: 10, run: Strings.run},
		{name: "StringBuffers", small: 3, run: StringBuffers.run},
		{name: "IntMaps", small: 2000, run: IntMaps.run},
		{name: "StringMaps", small: 100, run: StringMaps.run},
		{name: "ObjectMaps", small: 100, run: ObjectMaps.run},
		{name: "Structures", small: 100, run: Structures.run},
		{name: "DynamicAccess", small: 100, run: DynamicAccess.run},
		{name: "Exceptions", small: 100, run: Exceptions.run},
		{name: "Int64s", small: 100, run: Int64s.run},
		{name: "Matrix", small: 10, run: Matrix.run},
		{name: "NBody", small: 100, run: NBody.run},
		{name: "Mandelbrot", small: 20, run: Mandelbrot.run},
		{name: "MandelbrotObjects", small: 20, run: MandelbrotObjects.run},
		{name: "Sorting", small: 100, run: Sorting.run},
		{name: "Jsons", small: 5, run: Jsons.run},
		{name: "Regexps", small: 5, run: Regexps.run},
	];

	static function main() {
		var args = Sys.args();
		for (program in all) {
			if (args.length == 0) {
				Sys.println(program.name + ": " + program.run(program.small));
			} else if (args[0] == program.name) {
				var size = Std.parseInt(args[1]), best = Math.POSITIVE_INFINITY, sum = 0;
				for (i in 0...Std.parseInt(args[2])) {
					var start = Sys.time();
					sum = program.run(size);
					best = Math.min(best, Sys.time() - start);
				}
				Sys.println(sum + " " + best);
			}
		}
	}
}
