using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

public enum EndpointProperty
{
    Url,
    Host,
    Port,
    Scheme,
    HostAndPort,
}

/// <summary>Stands for an endpoint's address before it is known. Of several replicas it names the first.</summary>
public sealed class EndpointReference(IResourceWithEndpoints resource, string endpointName) : IValueProvider
{
    public IResourceWithEndpoints Resource => resource;

    public string EndpointName => endpointName;

    public bool IsAllocated => Annotation.AllocatedPorts.Count > 0;

    public string Scheme => Annotation.UriScheme;

    public string Host => Annotation.TargetHost;

    public int Port => IsAllocated
        ? Annotation.AllocatedPorts[0]
        : throw new InvalidOperationException($"The endpoint '{endpointName}' of '{resource.Name}' has no port before the application has started.");

    public string Url => $"{Scheme}://{Host}:{Port}";

    internal EndpointAnnotation Annotation => resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(endpoint => endpoint.Name == endpointName)
        ?? throw new DistributedApplicationException($"'{resource.Name}' has no endpoint named '{endpointName}'.");

    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(Url);
}

public sealed class EndpointReferenceExpression(EndpointReference endpoint, EndpointProperty property) : IValueProvider
{
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(property switch
    {
        EndpointProperty.Host => endpoint.Host,
        EndpointProperty.Port => endpoint.Port.ToString(CultureInfo.InvariantCulture),
        EndpointProperty.Scheme => endpoint.Scheme,
        EndpointProperty.HostAndPort => $"{endpoint.Host}:{endpoint.Port}",
        _ => endpoint.Url,
    });
}
