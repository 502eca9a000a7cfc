using System.Net;
using System.Net.Sockets;

namespace TestServers;

public static class FreePort
{
    /// <summary>A port that was free on loopback a moment ago.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
