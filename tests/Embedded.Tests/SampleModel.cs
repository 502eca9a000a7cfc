namespace Embedded.Tests;

internal static class SampleModel
{
    extension(IDistributedApplicationBuilder builder)
    {
        public IResourceBuilder<ProjectResource> AddWeb(string name) =>
            builder.AddProject<Projects.Embedded_Tests_Sample>(name).WithHttpEndpoint().WithHttpHealthCheck("/health");

        public IResourceBuilder<ProjectResource> AddExit(string name, int exitCode) =>
            builder.AddProject<Projects.Embedded_Tests_Sample>(name).WithArgs("exit", $"{exitCode}");
    }
}
