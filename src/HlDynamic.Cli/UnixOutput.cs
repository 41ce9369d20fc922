using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

[assembly: DisableRuntimeMarshalling]

namespace HlDynamic.Cli;

/// <summary>
/// A standard output of the process, without what .NET's console does when it is first used: it sets up the terminal and
/// looks up encodings, which takes longer than a small program runs.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed partial class UnixOutput(int descriptor, Func<Stream> console) : Stream
{
    private const int Interrupted = 4;

    private readonly object gate = new();
    private Stream? fallback;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        lock (gate)
        {
            while (fallback is null && buffer.Length > 0)
            {
                int written = Write(buffer);
                if (written < 0)
                    // A closed pipe, a full one that does not block: the console knows what to do.
                    fallback = console();
                else
                    buffer = buffer[written..];
            }
            fallback?.Write(buffer);
        }

        int Write(ReadOnlySpan<byte> bytes)
        {
            while (true)
            {
                nint result = SystemWrite(descriptor, ref MemoryMarshal.GetReference(bytes), bytes.Length);
                if (result >= 0)
                    return (int)result;
                if (Marshal.GetLastSystemError() != Interrupted)
                    return -1;
            }
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [LibraryImport("libc", EntryPoint = "write")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint SystemWrite(int descriptor, ref byte bytes, nint count);
}
