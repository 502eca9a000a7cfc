using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

internal static class ServerBuilderExtensions
{
    extension(IDistributedApplicationBuilder builder)
    {
        internal ParameterResource PasswordOf(string name) => 
            new($"{name}-password", builder.Configuration, $"Parameters:{name}-password", secret: true);
    }

    extension<T>(IResourceBuilder<T> builder) where T : ContainerResource
    {
        internal IResourceBuilder<T> WithVolume(string? name, bool isReadOnly) => isReadOnly
            ? throw new NotSupportedException($"'{builder.Resource.Name}' can't serve from a read-only volume.")
            : builder.WithAnnotation(new VolumeAnnotation(name ?? builder.Resource.Name));
    }
}
