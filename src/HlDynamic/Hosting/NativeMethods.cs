using System.Reflection;
using HlDynamic.Runtime;

namespace HlDynamic;

/// <summary>The natives that a .NET program provides.</summary>
internal static class NativeMethods
{
    /// <summary>The marked methods of classes, by library and name.</summary>
    /// <exception cref="ArgumentException">A class or method is not public and static, or two provide the same native.</exception>
    public static Dictionary<(string Library, string Name), MethodInfo> Find(IEnumerable<Type> classes)
    {
        var found = new Dictionary<(string, string), MethodInfo>();
        foreach (Type type in classes)
        {
            foreach (MethodInfo method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            {
                foreach (HlPrimitiveAttribute mark in method.GetCustomAttributes<HlPrimitiveAttribute>())
                {
                    if (!method.IsStatic || !method.IsPublic || !type.IsVisible || method.IsGenericMethod || type.ContainsGenericParameters)
                        throw new ArgumentException($"{type}.{method.Name} cannot be a native: it must be a public static method of a public class, and not generic.");
                    if (!found.TryAdd((mark.Library, mark.Name), method))
                        throw new ArgumentException($"{type}.{method.Name} and {found[(mark.Library, mark.Name)].DeclaringType}.{found[(mark.Library, mark.Name)].Name} are both the native {mark.Library}.{mark.Name}.");
                }
            }
        }
        return found;
    }
}
