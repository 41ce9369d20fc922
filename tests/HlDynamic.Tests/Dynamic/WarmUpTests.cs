using HlDynamic.Dynamic;
using NUnit.Framework;

namespace HlDynamic.Tests.Dynamic;

public sealed class WarmUpTests
{
    [Test]
    public void All_that_first_uses_need_can_be_made_ready() => Assert.That(() => WarmUp.Run(typeof(HlVm)), Throws.Nothing);
}
