using System.Dynamic;
using System.Linq.Expressions;
using HlDynamic.Dynamic;
using HlDynamic.Runtime;

namespace HlDynamic;

// The VM as dynamic: hl.Game.score, hl.com.example.Counter, hl.New("Player", "Hero").
public sealed partial class HlVm : IDynamicMetaObjectProvider, INamespace
{
    string INamespace.Name => "";

    IEnumerable<string> INamespace.Names => ((INamespace)Directory.Root).Names;

    internal ClassDirectory Directory
    {
        get
        {
            ThrowIfDisposed();
            return ClassDirectory.Of(Context);
        }
    }

    object? INamespace.Find(string name, bool ignoreCase) => Directory.Root.Find(name, ignoreCase);

    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new VmMetaObject(parameter, this);

    private void ThrowIfDisposed()
    {
        if (IsDisposed)
            throw new HlDisposedException(Module.Name);
    }
}
