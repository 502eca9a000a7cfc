using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Embedded.Hosting;

/// <summary>Gives every endpoint its port before anything starts, so that everyone can be told every address.</summary>
internal sealed class PortAssignment(AppHostInfo appHost) : IDisposable
{
    private readonly List<Socket> held = [];

    public void Assign(DistributedApplicationModel model)
    {
        foreach (var resource in model.Resources)
        {
            foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
            {
                endpoint.AllocatedPorts = endpoint.Port is { } port && !appHost.IsTest
                    ? [Fixed(resource, port)]
                    : [.. Enumerable.Range(0, resource.ReplicaCount).Select(_ => Hold(0))];
            }
        }
    }

    public void Dispose() => held.ForEach(socket => socket.Dispose());

    private int Fixed(IResource resource, int port)
    {
        if (resource.ReplicaCount > 1)
        {
            throw new DistributedApplicationException($"'{resource.Name}' has {resource.ReplicaCount} replicas, which can't share port {port}: there is no proxy. Leave the port out.");
        }
        if (IsTaken(port))
        {
            var free = Enumerable.Range(port + 1, 100).First(candidate => !IsTaken(candidate));
            throw new DistributedApplicationException(
                $"Port {port} is taken: '{resource.Name}' can't listen on it. Stop the program that holds it, or choose another port: {appHost.CommandWith($"--{resource.Name}:port={free}")}");
        }
        return Hold(port);
    }

    // A bound socket that doesn't listen keeps Linux from giving the port to anyone who asks for a free one, for as long
    // as the application lives and its process comes and goes; the process itself can still bind and listen.
    // Elsewhere it would keep out the process too, so there the port is only found, not held.
    private int Hold(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        var bound = ((IPEndPoint)socket.LocalEndPoint!).Port;
        if (OperatingSystem.IsLinux())
        {
            held.Add(socket);
        }
        else
        {
            socket.Dispose();
        }
        return bound;
    }

    private static bool IsTaken(int port) => new[] { IPAddress.Loopback, IPAddress.IPv6Loopback, IPAddress.Any }.Any(address =>
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return false;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied;
        }
    });
}
