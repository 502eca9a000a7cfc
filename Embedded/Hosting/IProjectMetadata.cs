using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Implemented by the classes that the build generates in <c>Projects</c>, one for each referenced project.</summary>
public interface IProjectMetadata : IResourceAnnotation
{
    string ProjectPath { get; }

    /// <summary>The built program. Not part of Aspire, whose orchestrator runs projects by <c>dotnet run</c>.</summary>
    string? AssemblyPath => null;
}
