using System.Net.Sockets;
using HlDynamic.Runtime;
using How = System.Net.Sockets.SocketShutdown;

namespace HlDynamic.Primitives;

/// <summary>Sockets of IPv4 (HashLink std/socket.c). A null socket answers as a closed one.</summary>
internal static class StdSockets
{
    // The size of the C library's set of descriptors, which programs make room for and nothing here needs.
    private const int DescriptorSetSize = 128;
    private const int MostDescriptors = 1024;

    [HlPrimitive("std", "socket_init")]
    public static void SocketInit()
    {
    }

    [HlPrimitive("std", "socket_new")]
    public static object? SocketNew(bool datagrams) => HlSocket.Open(datagrams);

    [HlPrimitive("std", "socket_close")]
    public static void SocketClose(object? socket) => ((HlSocket?)socket)?.Close();

    [HlPrimitive("std", "socket_connect")]
    public static bool SocketConnect(object? socket, int host, int port) => socket is HlSocket s && s.Connect(host, port);

    [HlPrimitive("std", "socket_bind")]
    public static bool SocketBind(object? socket, int host, int port) => socket is HlSocket s && s.Bind(host, port);

    [HlPrimitive("std", "socket_listen")]
    public static bool SocketListen(object? socket, int backlog) => Try(socket, s => s.Listen(backlog));

    [HlPrimitive("std", "socket_accept")]
    public static object? SocketAccept(object? socket) => ((HlSocket?)socket)?.Accept();

    [HlPrimitive("std", "socket_peer")]
    public static bool SocketPeer(object? socket, ref int host, ref int port) => socket is HlSocket s && s.GetEnd(remote: true, ref host, ref port);

    [HlPrimitive("std", "socket_host")]
    public static bool SocketHost(object? socket, ref int host, ref int port) => socket is HlSocket s && s.GetEnd(remote: false, ref host, ref port);

    [HlPrimitive("std", "socket_send_char")]
    public static int SocketSendChar(object? socket, int c) => socket is HlSocket s ? s.Send([(byte)c]) : HlSocket.Failed;

    [HlPrimitive("std", "socket_send")]
    public static int SocketSend(object? socket, HlBytes bytes, int position, int length) =>
        socket is HlSocket s ? s.Send(bytes.Span(position, length)) : HlSocket.Failed;

    [HlPrimitive("std", "socket_recv")]
    public static int SocketRecv(object? socket, HlBytes bytes, int position, int length) =>
        socket is HlSocket s ? s.Receive(bytes.Span(position, length)) : HlSocket.Failed;

    [HlPrimitive("std", "socket_recv_char")]
    public static int SocketRecvChar(object? socket)
    {
        if (socket is not HlSocket s)
            return HlSocket.Failed;
        Span<byte> buffer = stackalloc byte[1];
        int count = s.Receive(buffer);
        return count > 0 ? buffer[0] : count == 0 ? HlSocket.Failed : count;
    }

    [HlPrimitive("std", "socket_send_to")]
    public static int SocketSendTo(object? socket, HlBytes bytes, int length, int host, int port) =>
        socket is HlSocket s ? s.SendTo(bytes.Span(0, length), host, port) : HlSocket.Failed;

    [HlPrimitive("std", "socket_recv_from")]
    public static int SocketRecvFrom(object? socket, HlBytes bytes, int length, ref int host, ref int port) =>
        socket is HlSocket s ? s.ReceiveFrom(bytes.Span(0, length), ref host, ref port) : HlSocket.Failed;

    [HlPrimitive("std", "socket_shutdown")]
    public static bool SocketShutdown(object? socket, bool read, bool write) => Try(socket, s =>
    {
        if (read || write)
            s.Shutdown((read, write) switch
            {
                (true, true) => How.Both,
                (true, false) => How.Receive,
                _ => How.Send,
            });
    });

    [HlPrimitive("std", "socket_set_timeout")]
    public static bool SocketSetTimeout(object? socket, double seconds) => socket is HlSocket s && s.SetTimeout(seconds);

    [HlPrimitive("std", "socket_set_blocking")]
    public static bool SocketSetBlocking(object? socket, bool blocking) => Try(socket, s => s.Blocking = blocking);

    [HlPrimitive("std", "socket_set_fast_send")]
    public static bool SocketSetFastSend(object? socket, bool fast) => Try(socket, s => s.NoDelay = fast);

    [HlPrimitive("std", "socket_set_broadcast")]
    public static bool SocketSetBroadcast(object? socket, bool broadcast) =>
        Try(socket, s => s.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Broadcast, broadcast));

    [HlPrimitive("std", "socket_fd_size")]
    public static int SocketFdSize(int count) => count > MostDescriptors ? -1 : DescriptorSetSize;

    // What is not ready leaves the arrays, and a null ends what stays.
    [HlPrimitive("std", "socket_select")]
    public static bool SocketSelect(HlArray? read, HlArray? write, HlArray? others, HlBytes buffer, int size, double timeout)
    {
        if (double.IsNaN(timeout))
            return false;
        List<Socket>? readable = Collect(read), writable = Collect(write), special = Collect(others);
        try
        {
            TimeSpan time = timeout < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(Math.Min(timeout, int.MaxValue / 1000));
            if (readable is null && writable is null && special is null)
                Thread.Sleep(time);
            else
                Socket.Select(readable, writable, special, time);
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            return false;
        }
        special?.RemoveAll(static s => !HlSocket.HasUrgentData(s));
        Keep(read, readable);
        Keep(write, writable);
        Keep(others, special);
        return true;
    }

    // Null for an array without sockets, as .NET has it.
    private static List<Socket>? Collect(HlArray? array)
    {
        List<Socket>? result = null;
        for (int i = 0; array is not null && i < array.Length && ((HlArray<object>)array).Items[i] is HlSocket socket; i++)
            (result ??= []).Add(socket.Socket);
        return result;
    }

    private static void Keep(HlArray? array, List<Socket>? ready)
    {
        if (array is null)
            return;
        object?[] items = ((HlArray<object>)array).Items;
        var found = new HashSet<Socket>(ready ?? []);
        int count = 0;
        for (int i = 0; i < items.Length && items[i] is HlSocket socket; i++)
            if (found.Contains(socket.Socket))
                items[count++] = socket;
        if (count < items.Length)
            items[count] = null;
    }

    private static bool Try(object? socket, Action<Socket> action) => socket is HlSocket s && s.Try(action);
}
