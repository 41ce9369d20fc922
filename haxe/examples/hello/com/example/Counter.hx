package com.example;

@:keep
class Counter extends Base {
	public static var created:Int = 0;

	public var step:Int;

	public function new(id:String, step:Int) {
		super(id);
		this.step = step;
		created++;
	}

	public function next():Int {
		count += step;
		return count;
	}

	override public function label():String {
		return super.label() + " by " + step;
	}
}
