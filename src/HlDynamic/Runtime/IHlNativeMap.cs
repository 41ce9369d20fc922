namespace HlDynamic.Runtime;

/// <summary>What all native maps can do, whatever their keys are.</summary>
internal interface IHlNativeMap
{
    int Count { get; }

    IEnumerable<object?> Keys { get; }

    bool TryGet(object? key, out object? value);

    void Set(object? key, object? value);

    bool Remove(object? key);

    void Clear();
}
