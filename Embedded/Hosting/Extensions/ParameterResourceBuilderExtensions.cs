using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class ParameterResourceBuilderExtensions
{
    extension(IDistributedApplicationBuilder builder)
    {
        /// <summary>A value that the AppHost's configuration gives: <c>Parameters:{name}</c>.</summary>
        public IResourceBuilder<ParameterResource> AddParameter(string name, bool secret = false) =>
            builder.AddResource(new ParameterResource(name, builder.Configuration, $"Parameters:{name}", secret));

        /// <summary>A server that runs already: <c>ConnectionStrings:{name}</c> says where.</summary>
        public IResourceBuilder<IResourceWithConnectionString> AddConnectionString(string name)
        {
            var value = new ParameterResource(name, builder.Configuration, $"ConnectionStrings:{name}", secret: true);
            return builder.AddResource(new ConnectionStringResource(name, ReferenceExpression.Create($"{value}")));
        }
    }
}
