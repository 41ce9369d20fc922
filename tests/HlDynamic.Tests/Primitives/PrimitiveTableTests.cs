using System.Reflection;
using HlDynamic.Primitives;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Primitives;

public sealed class PrimitiveTableTests
{
    private static IEnumerable<MethodInfo> Marked => typeof(PrimitiveTable).Assembly.GetTypes()
        .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(m => m.IsDefined(typeof(HlPrimitiveAttribute)));

    [Test]
    public void Every_marked_method_is_found_by_its_name()
    {
        foreach (MethodInfo method in Marked)
            foreach (HlPrimitiveAttribute primitive in method.GetCustomAttributes<HlPrimitiveAttribute>())
                Assert.That(PrimitiveTable.Find(primitive.Library, primitive.Name), Is.EqualTo(method), primitive.Name);
    }

    [Test]
    public void No_native_has_two_methods() => Assert.That(
        Marked.SelectMany(m => m.GetCustomAttributes<HlPrimitiveAttribute>()).Select(p => (p.Library, p.Name)), Is.Unique);

    [Test]
    public void Every_public_method_of_a_group_is_marked()
    {
        foreach (string library in PrimitiveTable.Libraries)
            foreach (Type group in PrimitiveTable.GroupsOf(library))
                foreach (MethodInfo method in group.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
                    Assert.That(method.IsDefined(typeof(HlPrimitiveAttribute)), $"{group.Name}.{method.Name}");
    }

    [TestCase("std", "no_such_native")]
    [TestCase("nolib", "bytes_blit")]
    public void What_is_not_there_is_not_found(string library, string name) => Assert.That(PrimitiveTable.Find(library, name), Is.Null);

    [TestCase("bytes_blit", "BytesBlit")]
    [TestCase("hi64set", "Hi64set")]
    [TestCase("sys_is64", "SysIs64")]
    public void A_method_is_named_after_its_native(string name, string method) => Assert.That(PrimitiveTable.MethodName(name), Is.EqualTo(method));
}
