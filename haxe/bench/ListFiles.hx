import sys.FileSystem;
import sys.io.File;

// Files made, listed, looked at, deleted: ListFiles [COUNT [TIMES]]
class ListFiles {
	static function main() {
		var args = Sys.args();
		var count:Int = args.length > 0 ? Std.parseInt(args[0]) : 20;
		var times:Int = args.length > 1 ? Std.parseInt(args[1]) : 1;
		var folder = "listfiles-tmp";
		FileSystem.createDirectory(folder);
		for (i in 0...count)
			File.saveContent(folder + "/file" + i + ".txt", "x" + i);
		var sum = 0;
		for (t in 0...times) {
			var names = FileSystem.readDirectory(folder);
			names.sort(Reflect.compare);
			sum += names.length;
			for (name in names) {
				var path = folder + "/" + name;
				sum = sum * 31 + name.length;
				if (FileSystem.exists(path) && !FileSystem.isDirectory(path))
					sum += FileSystem.stat(path).size;
			}
		}
		for (name in FileSystem.readDirectory(folder))
			FileSystem.deleteFile(folder + "/" + name);
		FileSystem.deleteDirectory(folder);
		Sys.println(sum);
	}
}
