using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class ExecutableResourceBuilderExtensions
{
    extension(IDistributedApplicationBuilder builder)
    {
        /// <param name="name">The resource's name.</param>
        /// <param name="command">A program on the PATH, or a path.</param>
        /// <param name="workingDirectory">Where it runs; a relative one starts at the AppHost's folder.</param>
        /// <param name="args">Passed as they are.</param>
        public IResourceBuilder<ExecutableResource> AddExecutable(string name, string command, string workingDirectory, params string[]? args) => builder
            .AddResource(new ExecutableResource(name, command, Path.GetFullPath(workingDirectory, builder.AppHostDirectory)))
            .WithArgs(args ?? []);
    }
}
