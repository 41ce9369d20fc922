using System.Reflection;
using HlDynamic.Dynamic;
using HlDynamic.Runtime;

namespace HlDynamic.Tests.Dynamic;

/// <summary>Call sites call what has hardly been called by value, and have rules for the rest: tests of calls are run both ways.</summary>
internal static class UsedMembers
{
    /// <summary>Makes the members of all classes ones that have been called often, if that is wanted.</summary>
    public static HlVm Mark(HlVm vm, bool areUsed)
    {
        FieldInfo calls = typeof(HlMember).GetField("calls", BindingFlags.Instance | BindingFlags.NonPublic)!;
        foreach (HlType type in areUsed ? vm.Types : [])
            foreach (HlMember member in type.Members.Concat(HlClass.StaticsType(type)?.Members ?? []))
                calls.SetValue(member, FirstRule.Uses);
        return vm;
    }
}
