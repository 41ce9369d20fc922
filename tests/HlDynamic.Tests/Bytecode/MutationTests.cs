using System.Diagnostics;
using HlDynamic.Bytecode;
using NUnit.Framework;

namespace HlDynamic.Tests.Bytecode;

public sealed class MutationTests
{
    private const int Rounds = 3000;
    private const int MemoryPerByte = 64;

    /// <summary>Changes bytes of a real file, from a fixed seed: each result is read or refused, in time and memory that fit the file.</summary>
    [TestCase("4.2.5", 1)]
    [TestCase("4.3.6", 2)]
    public void A_damaged_file_is_read_or_refused(string version, int seed)
    {
        byte[] original = File.ReadAllBytes(Fixtures.Find(version, "hello"));
        var random = new Random(seed);
        var watch = Stopwatch.StartNew();
        int refused = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] file = Mutate(original, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            long started = watch.ElapsedMilliseconds;
            try
            {
                HlModule.Read(file);
            }
            catch (HlBytecodeException e)
            {
                refused++;
                Assert.That(e.Offset, Is.InRange(-1, file.Length), e.Message);
            }

            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan((long)original.Length * MemoryPerByte), $"round {round}");
            Assert.That(watch.ElapsedMilliseconds - started, Is.LessThan(30_000), $"round {round}");
        }

        Assert.That(refused, Is.GreaterThan(Rounds / 4));
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        byte[] file = [.. original];
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            // The head, where the counts are, takes as many hits as all the rest.
            int at = random.Next(2) == 0 ? random.Next(4, 40) : random.Next(file.Length);
            file[at] = random.Next(3) switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)(file[at] ^ (1 << random.Next(8))),
                _ => (byte)(random.Next(2) == 0 ? 0xff : 0),
            };
        }

        return random.Next(8) == 0 ? file[..random.Next(file.Length)] : file;
    }
}
