// What Subject in haxe/bench/CallSites.hx is, in JavaScript.
function Subject() {
	this.number = 100;
	this.ratio = 1.5;
	this.text = "twenty characters ..";
	this.flag = true;
	this.friend = this;
}
Subject.shared = 7;
Subject.add = function (a, b) { return a + b; };
Subject.prototype.nothing = function () { this.number = 100; };
Subject.prototype.next = function (a) { return (this.number + a) & 255; };
Subject.prototype.sum3 = function (a, b, c) { return a + b + c; };
Subject.prototype.sum6 = function (a, b, c, d, e, f) { return a + b + c + d + e + f; };
Subject.prototype.scaled = function (factor) { return this.ratio * factor; };
Subject.prototype.isMore = function (than) { return this.number > than; };
Subject.prototype.choose = function (other) { return this.flag ? other : this.text; };
Subject.prototype.self = function (other) { return this.flag ? other : this.friend; };
var subject = new Subject();
