using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class EndpointBuilderExtensions
{
    extension<T>(IResourceBuilder<T> builder) where T : IResourceWithEndpoints
    {
        /// <summary>
        /// The process listens on this very port, on localhost: there is no proxy in front of it, so
        /// <paramref name="targetPort"/> can't differ from <paramref name="port"/>, and <paramref name="isProxied"/> changes nothing.
        /// </summary>
        public IResourceBuilder<T> WithHttpEndpoint(int? port = null, int? targetPort = null, string? name = null, string? env = null, bool isProxied = true)
        {
            name ??= "http";
            if (builder.Resource.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.Name == name))
            {
                throw new DistributedApplicationException($"'{builder.Resource.Name}' has an endpoint named '{name}' already.");
            }
            if (port is not null && targetPort is not null && port != targetPort)
            {
                throw new NotSupportedException($"'{builder.Resource.Name}': port {port} and target port {targetPort} differ, but there is no proxy between them.");
            }
            return builder.WithAnnotation(new EndpointAnnotation("http", name, port ?? targetPort, env));
        }

        /// <summary>Says that people outside may call it, which matters when the application is deployed. Here everything stays on localhost.</summary>
        public IResourceBuilder<T> WithExternalHttpEndpoints()
        {
            foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>())
            {
                endpoint.IsExternal = true;
            }
            return builder;
        }

        public IResourceBuilder<T> WithHttpHealthCheck(string? path = null, int? statusCode = null, string? endpointName = null) =>
            builder.WithAnnotation(new HttpHealthAnnotation(path ?? "/", statusCode ?? 200, endpointName));

        /// <summary>Changes the address, or the name, under which the endpoint is shown.</summary>
        public IResourceBuilder<T> WithUrlForEndpoint(string endpointName, Action<ResourceUrlAnnotation> callback) =>
            builder.WithAnnotation(new UrlCallbackAnnotation(endpointName, callback));

        public EndpointReference GetEndpoint(string name) => new(builder.Resource, name);
    }
}
