using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Embedded.Hosting;

/// <summary>A folder for each server, <c>{Embedded:DataPath}/{volume}</c> or a temporary one, and its password from there.</summary>
internal sealed class StateFolders(AppHostInfo appHost, IConfiguration configuration) : IDisposable
{
    private readonly Dictionary<ContainerResource, StateFolder> folders = [];

    // Beside the AppHost's project: in the repository, which is to ignore it.
    private string DataPath => Path.GetFullPath(configuration["Embedded:DataPath"] ?? Path.Combine("..", ".data"), appHost.Directory);

    public StateFolder this[ContainerResource resource] => folders[resource];

    public void Open(DistributedApplicationModel model)
    {
        var ports = model.Resources
            .SelectMany(resource => resource.Annotations.OfType<EndpointAnnotation>(), (resource, endpoint) => (resource.Name, endpoint.Port))
            .Where(endpoint => endpoint.Port is not null)
            .Select(endpoint => $"--{endpoint.Name}:port={endpoint.Port + 1}");
        var waysOut = $"run this one beside it, with data of its own that isn't kept: {appHost.CommandWith(["--ephemeral", .. ports])}";

        foreach (var resource in model.Resources.OfType<ContainerResource>())
        {
            var volume = resource.Annotations.OfType<VolumeAnnotation>().LastOrDefault();
            var folder = folders[resource] = volume is null || appHost.IsTest
                ? StateFolder.Temporary()
                : StateFolder.Kept(Path.Combine(DataPath, volume.Name), waysOut);
            resource.PasswordParameter.Generated = folder.Password();
        }
    }

    public void Dispose()
    {
        foreach (var folder in folders.Values)
        {
            folder.Dispose();
        }
    }
}
