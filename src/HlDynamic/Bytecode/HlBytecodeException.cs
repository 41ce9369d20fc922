namespace HlDynamic.Bytecode;

/// <summary>Bytecode that cannot be read or is not valid.</summary>
public sealed class HlBytecodeException : HlException
{
    internal HlBytecodeException(string module, long offset, string reason)
        : base(HlErrorCode.InvalidBytecode, offset < 0 ? $"{module}: {reason}" : $"{module}, offset 0x{offset:x}: {reason}")
    {
        Offset = offset;
        Reason = reason;
    }

    /// <summary>Where in the file the problem is, in bytes from its start; -1 where no single place can be named.</summary>
    public long Offset { get; }

    /// <summary>What is wrong there.</summary>
    public string Reason { get; }
}
