using System.IO.Compression;
using HlDynamic.Primitives.Fmt;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Primitives.Fmt;

/// <summary>Damaged data ends as an error that Haxe code can catch, or is read.</summary>
public sealed class DamagedDataTests
{
    [Test]
    public void Damaged_archives_are_read_or_refused()
    {
        var random = new Random(7);
        byte[] plain = new byte[3000];
        for (int i = 0; i < plain.Length; i++)
            plain[i] = (byte)random.Next(random.Next(1, 40));
        var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Optimal))
            stream.Write(plain);
        int refused = 0;
        for (int round = 0; round < 3000; round++)
        {
            byte[] data = packed.ToArray();
            for (int i = random.Next(1, 4); i > 0; i--)
                data[random.Next(data.Length)] = (byte)random.Next(256);
            object zip = FmtZip.InflateInit(round % 2 == 0 ? 15 : 47);
            try
            {
                Expand(zip, data, plain.Length * 4);
            }
            catch (HaxeException e)
            {
                Assert.That(e.Message, Does.StartWith("ZLib Error"));
                refused++;
            }
        }
        Assert.That(refused, Is.GreaterThan(2000));
    }

    [Test]
    public void What_NET_compresses_expands_byte_by_byte()
    {
        byte[] plain = [.. Enumerable.Range(0, 50000).Select(i => (byte)(i * i >> 7))];
        var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.SmallestSize))
            stream.Write(plain);
        object zip = FmtZip.InflateInit(31);
        HlBytes target = HlBytes.Allocate(plain.Length);
        int written = 0;
        bool done = false;
        foreach (byte b in packed.ToArray())
        {
            int read = 0, count = 0;
            done = FmtZip.InflateBuffer(zip, HlBytes.Copy([b]), 0, 1, target, written, plain.Length, ref read, ref count);
            written += count;
        }
        Assert.That((done, written), Is.EqualTo((true, plain.Length)));
        Assert.That(target.Span().SequenceEqual(plain));
    }

    private static void Expand(object zip, byte[] data, int limit)
    {
        HlBytes source = HlBytes.Copy(data), target = HlBytes.Allocate(777);
        int position = 0, total = 0;
        bool done = false;
        while (!done && total < limit)
        {
            int read = 0, written = 0;
            done = FmtZip.InflateBuffer(zip, source, position, data.Length, target, 0, 777, ref read, ref written);
            position += read;
            total += written;
        }
    }
}
