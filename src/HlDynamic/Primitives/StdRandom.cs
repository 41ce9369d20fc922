using HlDynamic.Runtime;

namespace HlDynamic.Primitives;

/// <summary>Random numbers (HashLink std/random.c): the generator known as TT800, so that a seed gives the same numbers.</summary>
internal static class StdRandom
{
    [HlPrimitive("std", "rnd_alloc")]
    public static Generator RndAlloc() => new();

    [HlPrimitive("std", "rnd_init_system")]
    public static Generator RndInitSystem()
    {
        var generator = new Generator();
        int process = Environment.ProcessId;
        generator.SetSeed((int)(DateTime.UtcNow.Ticks / 10) ^ (process | process << 16));
        return generator;
    }

    [HlPrimitive("std", "rnd_set_seed")]
    public static void RndSetSeed(Generator generator, int seed) => generator.SetSeed(seed);

    [HlPrimitive("std", "rnd_int")]
    public static int RndInt(Generator generator) => (int)generator.Next();

    [HlPrimitive("std", "rnd_float")]
    public static double RndFloat(Generator generator)
    {
        const double Big = 4294967296.0;
        double first = generator.Next(), second = generator.Next(), third = generator.Next();
        return ((first / Big + second) / Big + third) / Big;
    }

    /// <summary>The state of a generator. HashLink's words are as wide as a C long, and a negative seed fills their upper halves.</summary>
    internal sealed class Generator
    {
        private const int Size = 25, Shift = 7;
        private const ulong Magic = 0x8ebfd028;

        private static readonly uint[] InitialState =
        [
            0x95f24dab, 0x0b685215, 0xe76ccae7, 0xaf3ec239, 0x715fad23, 0x24a590ad, 0x69e4b5ef, 0xbf456141, 0x96bc1b7b,
            0xa7bdf825, 0xc1de75b7, 0x8858a9c9, 0x2da87693, 0xb657f9dd, 0xffdc8a9f, 0x8121da71, 0x8b823ecb, 0x885d05f5,
            0x4e20cd47, 0x5a9ad5d9, 0x512c0c03, 0xea857ccd, 0x4cc1d30f, 0x8891a8a1, 0xa6b7aadb,
        ];

        private readonly ulong[] state = new ulong[Size];
        private int position;

        public void SetSeed(int seed)
        {
            position = 0;
            for (int i = 0; i < Size; i++)
                state[i] = InitialState[i] ^ (ulong)(long)seed;
        }

        public uint Next()
        {
            if (position >= Size)
            {
                for (int i = 0; i < Size; i++)
                    state[i] = state[(i + Shift) % Size] ^ state[i] >> 1 ^ (state[i] % 2) * Magic;
                position = 0;
            }
            uint y = (uint)state[position++];
            y ^= y << 7 & 0x2b5b2500;
            y ^= y << 15 & 0xdb8b0000;
            return y ^ y >> 16;
        }
    }
}
