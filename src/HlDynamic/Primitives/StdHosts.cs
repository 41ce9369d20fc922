using System.Net;
using System.Net.Sockets;
using HlDynamic.Runtime;

namespace HlDynamic.Primitives;

/// <summary>Names and addresses of hosts (HashLink std/socket.c).</summary>
internal static class StdHosts
{
    private const int Unresolved = -1;

    [HlPrimitive("std", "host_resolve")]
    public static int HostResolve(HlBytes name)
    {
        string host = StdStrings.ReadUtf8(name);
        // For .NET no name is this host.
        if (host.Length == 0)
            return Unresolved;
        if (IPAddress.TryParse(host, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetwork)
            return HlSocket.FromAddress(address);
        try
        {
            return Dns.GetHostAddresses(host, AddressFamily.InterNetwork) is [{ } first, ..] ? HlSocket.FromAddress(first) : Unresolved;
        }
        // ArgumentException: no host has such a name.
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return Unresolved;
        }
    }

    [HlPrimitive("std", "host_to_string")]
    public static HlBytes HostToString(int host) => StdStrings.ToUtf8(HlSocket.ToAddress(host).ToString());

    [HlPrimitive("std", "host_reverse")]
    public static HlBytes HostReverse(int host)
    {
        try
        {
            return StdStrings.ToUtf8(Dns.GetHostEntry(HlSocket.ToAddress(host)).HostName);
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return default;
        }
    }

    [HlPrimitive("std", "host_local")]
    public static HlBytes HostLocal() => StdStrings.ToUtf8(Dns.GetHostName());
}
