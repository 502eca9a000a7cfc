namespace Aspire.Hosting.ApplicationModel;

/// <summary>An address that the resource listens on. There is no proxy: clients reach the process itself, on the same port.</summary>
public sealed class EndpointAnnotation(string uriScheme, string name, int? port, string? portVariable = null) : IResourceAnnotation
{
    public string UriScheme => uriScheme;

    public string Name => name;

    /// <summary>The port asked for; null takes a free one.</summary>
    public int? Port => port;

    public string TargetHost { get; } = "localhost";

    public bool IsExternal { get; set; }

    /// <summary>The variable that tells the process its port, if it asks for one.</summary>
    internal string? PortVariable => portVariable;

    /// <summary>One port for each replica, known once the application starts.</summary>
    internal IReadOnlyList<int> AllocatedPorts { get; set; } = [];

    internal string Url(int replica) => $"{UriScheme}://{TargetHost}:{AllocatedPorts[replica]}";
}
