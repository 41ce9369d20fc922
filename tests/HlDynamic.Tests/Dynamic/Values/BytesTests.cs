using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Dynamic.Values;

/// <summary><c>haxe.io.Bytes</c> is a span of bytes, and bytes can be <c>haxe.io.Bytes</c>.</summary>
[TestFixture("4.2.5", false)]
[TestFixture("4.3.6", false)]
[TestFixture("4.2.5", true)]
[TestFixture("4.3.6", true)]
public sealed class BytesTests(string version, bool areUsed) : ValuesFixture(version, areUsed)
{
    [Test]
    public void The_bytes_are_a_span_without_a_copy()
    {
        Span<byte> bytes = ((HlBytesObject)Haxe.bytes).AsSpan();
        bytes[0] = (byte)'H';
        Assert.That((string)Haxe.textOf(Haxe.bytes), Is.EqualTo("Hello"));
        ((HlBytesObject)Haxe.bytes).AsMemory().Span[1] = (byte)'E';
        Assert.That((string)Haxe.textOf(Haxe.bytes), Is.EqualTo("HEllo"));
    }

    [Test]
    public void They_are_a_list_and_convert_to_an_array()
    {
        Assert.That((int)Haxe.bytes[4], Is.EqualTo('o'));
        Assert.That((int)Haxe.bytes.Count, Is.EqualTo(5));
        Assert.That((int)Haxe.bytes.length, Is.EqualTo(5));
        Assert.That((IReadOnlyList<byte>)Haxe.bytes, Is.EqualTo("hello"u8.ToArray()));
        byte[] array = Haxe.bytes;
        ReadOnlyMemory<byte> memory = Haxe.bytes;
        Assert.That(array, Is.EqualTo("hello"u8.ToArray()));
        Assert.That(memory.Length, Is.EqualTo(5));
        Assert.That(() => Haxe.bytes[5], Throws.TypeOf<IndexOutOfRangeException>());
    }

    [Test]
    public void Arrays_and_memory_are_copied_in()
    {
        byte[] data = "data"u8.ToArray();
        Assert.That((string)Haxe.textOf(data), Is.EqualTo("data"));
        Assert.That((string)Haxe.textOf(data.AsMemory(1, 2)), Is.EqualTo("at"));
        Assert.That((string)Haxe.textOf((ReadOnlyMemory<byte>)data), Is.EqualTo("data"));
        Assert.That((string)Haxe.textOf(new List<byte>(data)), Is.EqualTo("data"));
        Haxe.bytes = data;
        data[0] = 0;
        Assert.That((string)Haxe.textOf(Haxe.bytes), Is.EqualTo("data"));
        Assert.That(() => Haxe.textOf("text"), Throws.TypeOf<HlConversionException>());
    }

    [Test]
    public void The_same_by_name()
    {
        Assert.That(Vm.GetStatic<byte[]>("Values", "bytes"), Is.EqualTo("hello"u8.ToArray()));
        Assert.That(Vm.CallStatic<string>("Values", "textOf", new byte[] { 65 }), Is.EqualTo("A"));
    }

    [Test]
    public void A_callback_gets_and_gives_bytes()
    {
        Assert.That((string)Haxe.callBytes((Func<byte[], byte[]>)(b => [.. b.Reverse()])), Is.EqualTo("olleh"));
        Assert.That((string)Haxe.callBytes((Func<dynamic, dynamic>)(b => b)), Is.EqualTo("hello"));
    }
}
