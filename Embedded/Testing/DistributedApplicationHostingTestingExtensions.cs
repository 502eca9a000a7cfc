using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Testing;

public static class DistributedApplicationHostingTestingExtensions
{
    extension(DistributedApplication app)
    {
        /// <summary>A client of the application's own <see cref="IHttpClientFactory"/>, so that the test can give it resilience; it waits for nothing.</summary>
        public HttpClient CreateHttpClient(string resourceName, string? endpointName = default)
        {
            var client = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
            client.BaseAddress = app.GetEndpoint(resourceName, endpointName);
            return client;
        }

        public Uri GetEndpoint(string resourceName, string? endpointName = default)
        {
            var resource = app.Find(resourceName);
            var endpoints = resource.Annotations.OfType<EndpointAnnotation>();
            var endpoint = endpointName is null
                ? endpoints.FirstOrDefault(candidate => candidate.UriScheme is "http" or "https") ?? endpoints.FirstOrDefault()
                : endpoints.FirstOrDefault(candidate => candidate.Name == endpointName);
            return endpoint is null
                ? throw new ArgumentException($"'{resourceName}' has no endpoint{(endpointName is null ? "" : $" named '{endpointName}'")}.", nameof(endpointName))
                : new Uri(new EndpointReference((IResourceWithEndpoints)resource, endpoint.Name).Url);
        }

        public ValueTask<string?> GetConnectionStringAsync(string resourceName, CancellationToken cancellationToken = default) =>
            app.Find(resourceName) is IResourceWithConnectionString server
                ? server.GetConnectionStringAsync(cancellationToken)
                : throw new ArgumentException($"'{resourceName}' has no connection string.", nameof(resourceName));

        private IResource Find(string name) =>
            app.Services.GetRequiredService<DistributedApplicationModel>().Resources.FirstOrDefault(resource => string.Equals(resource.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"There is no resource named '{name}'.", nameof(name));
    }
}
