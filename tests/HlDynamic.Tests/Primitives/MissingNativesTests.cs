using HlDynamic.Primitives;
using NUnit.Framework;

namespace HlDynamic.Tests.Primitives;

/// <summary>Natives of HashLink's own libraries that nobody provides yet; tests/README.md lists them too.</summary>
public sealed class MissingNativesTests
{
    private const string NoCodec = "No package at hand carries the codec.";
    private const string NoLibrary = "No package at hand carries the library.";

    [Category("Debt")]
    [TestCase("fmt", "jpg_decode", Ignore = NoCodec)]
    [TestCase("fmt", "jpg_encode", Ignore = NoCodec)]
    [TestCase("fmt", "ogg_open", Ignore = NoCodec)]
    [TestCase("fmt", "mp3_open", Ignore = NoCodec)]
    [TestCase("fmt", "compute_mikkt_tangents", Ignore = NoCodec)]
    [TestCase("mysql", "connect_wrap", Ignore = NoLibrary)]
    [TestCase("uv", "default_loop", Ignore = NoLibrary)]
    [TestCase("ui", "ui_init", Ignore = NoLibrary)]
    public void A_native_of_HashLink_is_provided(string library, string name) =>
        Assert.That(PrimitiveTable.Find(library, name), Is.Not.Null);
}
