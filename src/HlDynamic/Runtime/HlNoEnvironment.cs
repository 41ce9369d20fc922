using System.Reflection;

namespace HlDynamic.Runtime;

/// <summary>
/// What the closure of a static function closes over where it stands for a method of an object: nothing. The JIT compiles
/// no other delegate's method into its caller, and one of a static method needs its arguments moved at each call.
/// </summary>
/// <param name="function">The function's number in the module.</param>
internal abstract class HlNoEnvironment(int function)
{
    private Delegate? open;

    /// <summary>The closure as a delegate of the function's own method, which is what a closure is known by.</summary>
    public Delegate Open(Delegate closure)
    {
        return open ?? Interlocked.CompareExchange(ref open, Create(), null) ?? open;

        Delegate Create()
        {
            MethodInfo method = closure.Method;
            if (HlModuleInstance.Find(method.Module.Assembly) is not { } module || module.Module.FindFunction(function) is not { } definition)
                throw new InvalidOperationException($"{method} is no closure of a module.");
            return Delegate.CreateDelegate(closure.GetType(), module.GetMethod(definition));
        }
    }
}
