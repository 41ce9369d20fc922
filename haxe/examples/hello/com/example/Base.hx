package com.example;

@:keep
class Base {
	public var id:String;

	var count:Int = 0;

	public function new(id:String) {
		this.id = id;
	}

	public function current():Int {
		return count;
	}

	public function reset():Void {
		count = 0;
	}

	public function label():String {
		return id + "#" + count;
	}
}
