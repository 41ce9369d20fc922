typedef Particle = {x:Float, y:Float, hits:Int}

class Structures {
	static function move(p:Particle, by:Float) {
		p.x += by;
		p.y -= by * 0.5;
		if (p.x > 100) {
			p.x -= 100;
			p.hits++;
		}
	}

	public static function run(n:Int):Int {
		var particles = new Array<Particle>();
		for (i in 0...1000)
			particles.push({x: i * 0.25, y: 0.0, hits: 0});
		var sum = 0;
		for (pass in 0...n) {
			for (particle in particles)
				move(particle, 1.5);
			var middle = {x: 0.0, y: 0.0, hits: pass};
			for (particle in particles) {
				middle.x += particle.x;
				middle.hits += particle.hits;
			}
			sum = sum * 31 + Std.int(middle.x) + middle.hits;
		}
		return sum;
	}
}
