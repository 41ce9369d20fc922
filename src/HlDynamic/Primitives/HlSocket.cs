using System.Net;
using System.Net.Sockets;

namespace HlDynamic.Primitives;

/// <summary>
/// A socket as natives have it: failures are results, not exceptions. Addresses are numbers whose bytes lie in memory
/// in the order they have on the wire.
/// </summary>
internal sealed class HlSocket
{
    /// <summary>Nothing can be done without waiting, which the socket was asked not to do (any longer).</summary>
    public const int Blocked = -1;

    /// <summary>What was asked for failed, or the connection has ended.</summary>
    public const int Failed = -2;

    private Socket socket;

    private HlSocket(Socket socket) => this.socket = socket;

    /// <summary>The socket, for waiting on several.</summary>
    public Socket Socket => socket;

    private bool IsDatagram => socket.SocketType == SocketType.Dgram;

    /// <summary>Opens a socket; null if the system has none left.</summary>
    public static HlSocket? Open(bool datagrams)
    {
        try
        {
            return new HlSocket(Create(datagrams));
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static Socket Create(bool datagrams) => datagrams
        ? new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
        : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public void Close() => socket.Dispose();

    /// <summary>Runs what changes or asks the socket; false if that fails.</summary>
    public bool Try(Action<Socket> action)
    {
        try
        {
            action(socket);
            return true;
        }
        // InvalidOperationException, and ObjectDisposedException with it: a socket that is not in the state for this.
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Connects; true also if that goes on while the program does.</summary>
    public bool Connect(int host, int port)
    {
        var target = new IPEndPoint(ToAddress(host), (ushort)port);
        try
        {
            try
            {
                return ConnectInTime(target);
            }
            catch (PlatformNotSupportedException)
            {
                // .NET gives a socket up after a failed attempt, where the system lets it try again.
                Reopen();
                return ConnectInTime(target);
            }
        }
        catch (SocketException e)
        {
            return IsInProgress(e);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    // The timeout of sending is that of connecting too, which is not so in .NET.
    private bool ConnectInTime(IPEndPoint target)
    {
        if (!socket.Blocking || socket.SendTimeout == 0)
        {
            socket.Connect(target);
            return true;
        }
        socket.Blocking = false;
        try
        {
            socket.Connect(target);
            return true;
        }
        catch (SocketException e) when (IsInProgress(e))
        {
            return !socket.Poll(TimeSpan.FromMilliseconds(socket.SendTimeout), SelectMode.SelectWrite)
                || socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error) is 0;
        }
        finally
        {
            socket.Blocking = true;
        }
    }

    private void Reopen()
    {
        Socket next = Create(IsDatagram);
        next.Blocking = socket.Blocking;
        next.SendTimeout = socket.SendTimeout;
        next.ReceiveTimeout = socket.ReceiveTimeout;
        if (!IsDatagram)
            next.NoDelay = socket.NoDelay;
        socket.Dispose();
        socket = next;
    }

    public bool Bind(int host, int port) => Try(s =>
    {
        ReuseAddress(s);
        s.Bind(new IPEndPoint(ToAddress(host), (ushort)port));
    });

    // .NET does so itself for streams. Its own option would also let two programs listen on one port.
    private static void ReuseAddress(Socket socket)
    {
        if (socket.SocketType != SocketType.Dgram || OperatingSystem.IsWindows())
            return;
        (int level, int option) = OperatingSystem.IsLinux() || OperatingSystem.IsAndroid() ? (1, 2) : (0xFFFF, 4);
        socket.SetRawSocketOption(level, option, BitConverter.GetBytes(1));
    }

    /// <summary>Takes a connection; null if there is none and the socket does not wait, or if it does not listen.</summary>
    public HlSocket? Accept()
    {
        try
        {
            Socket accepted = socket.Accept();
            // On Windows, and nowhere else, the new socket is as the one that listens.
            accepted.Blocking = socket.Blocking || !OperatingSystem.IsWindows();
            return new HlSocket(accepted);
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Sends bytes and answers how many went, or <see cref="Blocked"/> or <see cref="Failed"/>.</summary>
    public int Send(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return socket.Send(bytes, SocketFlags.None);
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            return ResultOf(e, static s => s.SendTimeout);
        }
    }

    public int SendTo(ReadOnlySpan<byte> bytes, int host, int port)
    {
        try
        {
            return socket.SendTo(bytes, SocketFlags.None, new IPEndPoint(ToAddress(host), (ushort)port));
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            return ResultOf(e, static s => s.SendTimeout);
        }
    }

    /// <summary>Receives bytes and answers how many, 0 at the end, or <see cref="Blocked"/> or <see cref="Failed"/>.</summary>
    public int Receive(Span<byte> bytes)
    {
        try
        {
            return socket.Receive(bytes, SocketFlags.None);
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            return ResultOf(e, static s => s.ReceiveTimeout);
        }
    }

    public int ReceiveFrom(Span<byte> bytes, ref int host, ref int port)
    {
        EndPoint sender = new IPEndPoint(IPAddress.Any, 0);
        int count;
        try
        {
            count = socket.ReceiveFrom(bytes, SocketFlags.None, ref sender);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset && OperatingSystem.IsWindows())
        {
            count = 0;
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            return ResultOf(e, static s => s.ReceiveTimeout);
        }
        Store((IPEndPoint)sender, ref host, ref port);
        return count;
    }

    /// <summary>The address and port of one end; false if it has none.</summary>
    public bool GetEnd(bool remote, ref int host, ref int port)
    {
        try
        {
            EndPoint? end = remote ? socket.RemoteEndPoint : socket.LocalEndPoint;
            // A socket that is not bound yet has no address of its own, which is no error.
            if (end is null && remote)
                return false;
            Store(end as IPEndPoint ?? new IPEndPoint(IPAddress.Any, 0), ref host, ref port);
            return true;
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>
    /// Whether there is urgent data, which is what the system's <c>select</c> looks for in its third set. Outside of
    /// Windows .NET's finds sockets with errors there too.
    /// </summary>
    public static bool HasUrgentData(Socket socket)
    {
        try
        {
            return OperatingSystem.IsWindows() || socket.Receive(stackalloc byte[1], SocketFlags.OutOfBand | SocketFlags.Peek) > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>How long sending and receiving wait; 0 for ever.</summary>
    public bool SetTimeout(double seconds)
    {
        // As the system takes seconds and microseconds apart: less than no second is no number of microseconds.
        if (seconds is > -1 and < 0)
            return false;
        int milliseconds = seconds < 0 ? 1 : (int)Math.Min(Math.Ceiling(seconds * 1000), int.MaxValue);
        return Try(s => s.SendTimeout = s.ReceiveTimeout = milliseconds);
    }

    private int ResultOf(Exception exception, Func<Socket, int> timeout) => exception is SocketException e
        && (IsInProgress(e) || (e.SocketErrorCode == SocketError.TimedOut && timeout(socket) > 0))
        ? Blocked
        : Failed;

    private static bool IsInProgress(SocketException e) =>
        e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress or SocketError.AlreadyInProgress;

    private static void Store(IPEndPoint end, ref int host, ref int port)
    {
        host = FromAddress(end.Address);
        port = end.Port;
    }

    public static IPAddress ToAddress(int host) => new(BitConverter.GetBytes(host));

    public static int FromAddress(IPAddress address) => BitConverter.ToInt32(address.GetAddressBytes());
}
