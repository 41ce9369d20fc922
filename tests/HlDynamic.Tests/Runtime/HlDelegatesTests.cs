using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Runtime;

public sealed class HlDelegatesTests
{
    [Test]
    public void A_signature_has_the_standard_delegate_type()
    {
        Assert.That(HlDelegates.GetType([], typeof(void), null), Is.EqualTo(typeof(Action)));
        Assert.That(HlDelegates.GetType([typeof(int)], typeof(void), null), Is.EqualTo(typeof(Action<int>)));
        Assert.That(HlDelegates.GetType([], typeof(double), null), Is.EqualTo(typeof(Func<double>)));
        Assert.That(HlDelegates.GetType([typeof(int), typeof(HlBytes)], typeof(object), null), Is.EqualTo(typeof(Func<int, HlBytes, object>)));
    }

    [Test]
    public void Every_number_of_parameters_up_to_16_is_standard()
    {
        for (int count = 0; count <= 16; count++)
        {
            Type[] parameters = [.. Enumerable.Repeat(typeof(int), count)];
            Type type = HlDelegates.GetType(parameters, typeof(int), null);
            Assert.That(type.GetGenericArguments(), Has.Length.EqualTo(count + 1));
            Assert.That(HlDelegates.IsStandard(parameters));
        }
        Assert.That(HlDelegates.IsStandard([.. Enumerable.Repeat(typeof(int), 17)]), Is.False);
        Assert.That(HlDelegates.IsStandard([typeof(int).MakeByRefType()]), Is.False);
    }

    [Test]
    public void A_delegate_type_of_a_modules_own_is_named_after_its_signature()
    {
        string name = NameOf(typeof(int).MakeByRefType(), typeof(void));
        Assert.That(name, Is.EqualTo(NameOf(typeof(int).MakeByRefType(), typeof(void))));
        Assert.That(name, Is.Not.EqualTo(NameOf(typeof(double).MakeByRefType(), typeof(void))));
        Assert.That(name, Is.Not.EqualTo(NameOf(typeof(int).MakeByRefType(), typeof(int))));

        static string NameOf(Type parameter, Type result) => HlDelegates.CustomName([HlDelegates.Describe(parameter)], HlDelegates.Describe(result));
    }
}
