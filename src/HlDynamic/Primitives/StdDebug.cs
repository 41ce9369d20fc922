using HlDynamic.Runtime;

namespace HlDynamic.Primitives;

/// <summary>
/// What HashLink offers for debuggers and profilers of its own (HashLink std/debug.c, std/track.c). Tracking can be
/// switched on, since programs do so at their start, and finds nothing.
/// </summary>
internal static class StdDebug
{
    private const int NoEntry = -1;
    private const int AllBits = 15;

    [HlPrimitive("std", "track_init")]
    public static void TrackInit()
    {
    }

    [HlPrimitive("std", "track_count")]
    public static int TrackCount(ref int depth)
    {
        depth = 0;
        return 0;
    }

    [HlPrimitive("std", "track_entry")]
    public static int TrackEntry(int index, ref HlType? type, ref int count, ref int info, HlArray? stack)
    {
        count = 0;
        return NoEntry;
    }

    [HlPrimitive("std", "track_lock")]
    public static void TrackLock(bool locked)
    {
    }

    [HlPrimitive("std", "track_set_depth")]
    public static void TrackSetDepth(int depth)
    {
    }

    [HlPrimitive("std", "track_get_bits")]
    public static int TrackGetBits(HlContext context, bool ofThread) =>
        ofThread ? context.State<State>().OfThread.Value : context.State<State>().Bits;

    [HlPrimitive("std", "track_set_bits")]
    public static void TrackSetBits(HlContext context, int bits, bool ofThread)
    {
        State state = context.State<State>();
        if (ofThread)
            state.OfThread.Value = bits & AllBits;
        else
            state.Bits = bits & AllBits;
    }

    [HlPrimitive("std", "track_reset")]
    public static void TrackReset()
    {
    }

    [HlPrimitive("std", "sys_profile_event")]
    public static void SysProfileEvent(int code, HlBytes data, int length)
    {
    }

    [HlPrimitive("std", "sys_vtune_init")]
    public static void SysVtuneInit()
    {
    }

    [HlPrimitive("std", "debug_start")]
    public static bool DebugStart(int process) => throw Unsupported("debug_start");

    [HlPrimitive("std", "debug_stop")]
    public static void DebugStop(int process) => throw Unsupported("debug_stop");

    [HlPrimitive("std", "debug_breakpoint")]
    public static bool DebugBreakpoint(int process) => throw Unsupported("debug_breakpoint");

    [HlPrimitive("std", "debug_read")]
    public static bool DebugRead(int process, HlBytes address, HlBytes buffer, int size) => throw Unsupported("debug_read");

    [HlPrimitive("std", "debug_write")]
    public static bool DebugWrite(int process, HlBytes address, HlBytes buffer, int size) => throw Unsupported("debug_write");

    [HlPrimitive("std", "debug_flush")]
    public static bool DebugFlush(int process, HlBytes address, int size) => throw Unsupported("debug_flush");

    [HlPrimitive("std", "debug_wait")]
    public static int DebugWait(int process, ref int thread, int timeout) => throw Unsupported("debug_wait");

    [HlPrimitive("std", "debug_resume")]
    public static bool DebugResume(int process, int thread) => throw Unsupported("debug_resume");

    [HlPrimitive("std", "debug_read_register")]
    public static HlBytes DebugReadRegister(int process, int thread, int register, bool is64) => throw Unsupported("debug_read_register");

    [HlPrimitive("std", "debug_write_register")]
    public static bool DebugWriteRegister(int process, int thread, int register, HlBytes value, bool is64) => throw Unsupported("debug_write_register");

    private static HlUnsupportedException Unsupported(string name) =>
        new("std", name, "HashLink's debugger works on the memory and registers of HashLink's own machine code; attach a .NET debugger");

    internal sealed class State
    {
        public int Bits;
        public readonly ThreadLocal<int> OfThread = new();
    }
}
