using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class RedisBuilderExtensions
{
    extension(IDistributedApplicationBuilder builder)
    {
        public IResourceBuilder<RedisResource> AddRedis(string name, int? port = null, IResourceBuilder<ParameterResource>? password = null) => builder
            .AddResource(new RedisResource(name, password?.Resource ?? builder.PasswordOf(name)))
            .WithAnnotation(new EndpointAnnotation("tcp", "tcp", port));
    }

    extension(IResourceBuilder<RedisResource> builder)
    {
        /// <inheritdoc cref="PostgresBuilderExtensions.WithDataVolume"/>
        public IResourceBuilder<RedisResource> WithDataVolume(string? name = null, bool isReadOnly = false) => builder.WithVolume(name, isReadOnly);
    }
}
