class Account {
	public var balance:Int;
	public var rate:Float;
	public var owner:String;

	public function new(owner:String) {
		this.owner = owner;
		balance = 100;
		rate = 1.5;
	}

	public function deposit(amount:Int):Int {
		balance += amount;
		return balance;
	}
}

class DynamicAccess {
	public static function run(n:Int):Int {
		var account:Dynamic = new Account("Ann");
		var sum = 0;
		for (i in 0...n) {
			account.balance = account.balance + i;
			sum ^= account.deposit(3);
			account.rate = account.rate * 0.5 + 1;
			if (account.owner == "Ann")
				sum++;
		}
		var bag:Dynamic = {};
		bag.count = 0;
		bag.name = "bag";
		for (i in 0...n) {
			bag.count = bag.count + i;
			sum += bag.count;
		}
		return sum + Std.int(account.rate * 100);
	}
}
