namespace HlDynamic;

/// <summary>The VM has been disposed.</summary>
public sealed class HlDisposedException : HlException
{
    internal HlDisposedException(string program)
        : base(HlErrorCode.Disposed, $"The VM of {program} has been disposed.") => Program = program;

    /// <summary>The program the VM ran.</summary>
    public string Program { get; }
}
