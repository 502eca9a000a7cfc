using Aspire.Hosting.ApplicationModel;
using Embedded.Hosting;

namespace Aspire.Hosting;

public static class ProjectResourceBuilderExtensions
{
    extension(IDistributedApplicationBuilder builder)
    {
        /// <summary>The environment comes from the first profile in the project's launchSettings.json that runs the project.</summary>
        public IResourceBuilder<ProjectResource> AddProject<TProject>(string name) where TProject : IProjectMetadata, new()
        {
            var project = new TProject();
            return builder.Add(project, name, LaunchSettings.Read(project.ProjectPath).FirstProjectProfile);
        }

        /// <param name="name">The resource's name.</param>
        /// <param name="launchProfileName">The profile to take the environment from; null takes none.</param>
        public IResourceBuilder<ProjectResource> AddProject<TProject>(string name, string? launchProfileName) where TProject : IProjectMetadata, new() =>
            builder.Add(new TProject(), name, launchProfileName);

        private IResourceBuilder<ProjectResource> Add(IProjectMetadata project, string name, string? launchProfile) => builder
            .AddResource(new ProjectResource(name))
            .WithAnnotation(project)
            .WithAnnotation(new LaunchProfileAnnotation(launchProfile));
    }

    extension(IResourceBuilder<ProjectResource> builder)
    {
        /// <summary>Each replica listens on a port of its own, as there is no proxy: clients are told all of them.</summary>
        public IResourceBuilder<ProjectResource> WithReplicas(int replicas) => builder.WithAnnotation(new ReplicaAnnotation(replicas));
    }
}
