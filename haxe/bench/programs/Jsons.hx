import haxe.Json;

class Jsons {
	public static function run(n:Int):Int {
		var sum = 0;
		var text = '{"name":"shop","open":true,"items":[';
		for (i in 0...100) {
			if (i > 0)
				text += ",";
			text += '{"id":$i,"price":${i * 3}.5,"label":"item \\"$i\\"","tags":["a","bc","def"],"parent":null}';
		}
		text += "]}";
		for (pass in 0...n) {
			var shop:Dynamic = Json.parse(text);
			var items:Array<Dynamic> = shop.items;
			for (item in items) {
				var id:Int = item.id;
				sum += id;
			}
			var again = Json.stringify(shop);
			sum = sum * 31 + again.length;
		}
		return sum;
	}
}
