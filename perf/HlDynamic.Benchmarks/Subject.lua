-- What Subject and Borders in haxe/bench/CallSites.hx are, in Lua.
Subject = { shared = 7 }
Subject.__index = Subject
function Subject.new()
	local self = setmetatable({ number = 100, ratio = 1.5, text = "twenty characters ..", flag = true }, Subject)
	self.friend = self
	return self
end
function Subject.add(a, b) return a + b end
function Subject.nothing(self) self.number = 100 end
function Subject.next(self, a) return (self.number + a) & 255 end
function Subject.sum3(self, a, b, c) return a + b + c end
function Subject.sum6(self, a, b, c, d, e, f) return a + b + c + d + e + f end
function Subject.scaled(self, factor) return self.ratio * factor end
function Subject.isMore(self, than) return self.number > than end
function Subject.choose(self, other) if self.flag then return other else return self.text end end
function Subject.self(self, other) if self.flag then return other else return self.friend end end
subject = Subject.new()

function repeatCall(f, times)
	local x = 0
	for i = 1, times do x = f(x) end
	return x
end
function repeatText(f, times)
	local x = "a"
	for i = 1, times do x = f(x) end
	return x
end
function repeatFloat(f, times)
	local x = 0.0
	for i = 1, times do x = f(x, 1.0) end
	return x
end
function adder(n) return function(x) return (x + n) & 255 end end
function lengthOf(s) return #s end
ints = {}
for i = 0, 99 do ints[i] = i end
names = { one = 1, two = 2, three = 3 }
