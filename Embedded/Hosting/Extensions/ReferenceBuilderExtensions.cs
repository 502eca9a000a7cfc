using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class ReferenceBuilderExtensions
{
    extension<T>(IResourceBuilder<T> builder) where T : IResourceWithEnvironment
    {
        /// <summary>Gives the process <c>ConnectionStrings__{name}</c>, and each part of the connection string as <c>{NAME}_{PART}</c>.</summary>
        public IResourceBuilder<T> WithReference(IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null, bool optional = false)
        {
            var resource = source.Resource;
            var name = connectionName ?? resource.Name;
            return builder.WithEnvironment(context =>
            {
                var variables = context.EnvironmentVariables;
                variables[$"ConnectionStrings__{name}"] = optional ? new Optional(resource) : resource;
                foreach (var (part, value) in resource.GetConnectionProperties())
                {
                    variables[$"{VariableName(name)}_{part.ToUpperInvariant()}"] = value;
                }
            });
        }

        /// <summary>Gives the process the addresses by which service discovery finds the other project.</summary>
        public IResourceBuilder<T> WithReference(IResourceBuilder<IResourceWithServiceDiscovery> source)
        {
            var resource = source.Resource;
            return builder.WithEnvironment(context =>
            {
                foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
                {
                    for (var replica = 0; replica < endpoint.AllocatedPorts.Count; replica++)
                    {
                        context.EnvironmentVariables[$"services__{resource.Name}__{endpoint.Name}__{replica}"] = endpoint.Url(replica);
                    }
                    context.EnvironmentVariables[$"{VariableName(resource.Name)}_{VariableName(endpoint.Name)}"] = new EndpointReference(resource, endpoint.Name);
                }
            });
        }
    }

    private static string VariableName(string name) =>
        string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? char.ToUpperInvariant(character) : '_'));

    private sealed class Optional(IValueProvider inner) : IValueProvider
    {
        public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken)
        {
            try
            {
                return await inner.GetValueAsync(cancellationToken);
            }
            catch (DistributedApplicationException)
            {
                return null;
            }
        }
    }
}
