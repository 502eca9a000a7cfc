using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class PostgresBuilderExtensions
{
    extension(IDistributedApplicationBuilder builder)
    {
        public IResourceBuilder<PostgresServerResource> AddPostgres(
            string name, IResourceBuilder<ParameterResource>? userName = null, IResourceBuilder<ParameterResource>? password = null, int? port = null) => builder
            .AddResource(new PostgresServerResource(name, userName?.Resource, password?.Resource ?? builder.PasswordOf(name)))
            .WithAnnotation(new EndpointAnnotation("tcp", "tcp", port));
    }

    extension(IResourceBuilder<PostgresServerResource> builder)
    {
        public IResourceBuilder<PostgresDatabaseResource> AddDatabase(string name, string? databaseName = null) =>
            builder.ApplicationBuilder.AddResource(new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource));

        /// <summary>Keeps the data in a folder of that name, under the setting <c>Embedded:DataPath</c>.</summary>
        public IResourceBuilder<PostgresServerResource> WithDataVolume(string? name = null, bool isReadOnly = false) => builder.WithVolume(name, isReadOnly);
    }
}
