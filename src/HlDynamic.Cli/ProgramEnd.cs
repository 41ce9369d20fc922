namespace HlDynamic.Cli;

/// <summary>
/// The end of a program, which any of its threads may bring about. A monitor, since waiting for a task would start the
/// thread pool.
/// </summary>
internal sealed class ProgramEnd
{
    private readonly object gate = new();
    private int? exitCode;

    public bool IsSet
    {
        get
        {
            lock (gate)
                return exitCode is not null;
        }
    }

    /// <summary>Ends the program; the first exit code counts.</summary>
    public void Set(int code)
    {
        lock (gate)
        {
            exitCode ??= code;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Waits for the end and returns the exit code.</summary>
    public int Wait()
    {
        lock (gate)
        {
            while (exitCode is null)
                Monitor.Wait(gate);
            return exitCode.Value;
        }
    }
}
