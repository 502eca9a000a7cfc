using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Embedded.Hosting;

/// <summary>The environment that a project or executable gets, as Aspire would give it.</summary>
internal sealed class ProjectEnvironment(IConfiguration configuration, IHostEnvironment environment)
{
    public string? OtlpEndpoint { get; set; }

    /// <summary>Later sources win: telemetry, the launch profile, endpoints, and what the model says.</summary>
    public async Task<Dictionary<string, string?>> ForAsync(IResource resource, int replica, CancellationToken cancellationToken)
    {
        Dictionary<string, string?> variables = new()
        {
            // Meant for the AppHost, should it have any: a child would listen there.
            ["ASPNETCORE_URLS"] = null,
            ["ASPNETCORE_HTTP_PORTS"] = null,
            ["ASPNETCORE_HTTPS_PORTS"] = null,
            ["DOTNET_LAUNCH_PROFILE"] = null,
        };
        if (resource is ProjectResource)
        {
            AddTelemetry(variables, resource, replica);
            AddLaunchProfile(variables, resource);
            variables["LOGGING__CONSOLE__FORMATTERNAME"] = "simple";
            if (resource.Endpoints.Any())
            {
                variables["ASPNETCORE_URLS"] = string.Join(';', resource.Endpoints.Select(endpoint => endpoint.Url(replica)));
            }
        }
        foreach (var endpoint in resource.Endpoints.Where(endpoint => endpoint.PortVariable is not null))
        {
            variables[endpoint.PortVariable!] = endpoint.AllocatedPorts[replica].ToString(CultureInfo.InvariantCulture);
        }

        Dictionary<string, object> modelled = [];
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            annotation.Callback(new EnvironmentCallbackContext(modelled));
        }
        foreach (var (name, value) in modelled)
        {
            variables[name] = value is IValueProvider provider ? await provider.GetValueAsync(cancellationToken) : value.ToString();
        }
        return variables;
    }

    private void AddTelemetry(Dictionary<string, string?> variables, IResource resource, int replica)
    {
        variables["OTEL_SERVICE_NAME"] = resource.Name;
        variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={resource.ReplicaId(replica)}";
        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = OtlpEndpoint;
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] ?? "grpc";
        variables["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory";
        if (environment.IsDevelopment())
        {
            variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
            variables["OTEL_TRACES_SAMPLER"] = "always_on";
            variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        }
    }

    private static void AddLaunchProfile(Dictionary<string, string?> variables, IResource resource)
    {
        var path = resource.Annotations.OfType<Aspire.Hosting.IProjectMetadata>().First().ProjectPath;
        if (resource.Annotations.OfType<LaunchProfileAnnotation>().LastOrDefault()?.Name is { } name
            && LaunchSettings.Read(path).Profiles.TryGetValue(name, out var profile))
        {
            variables["DOTNET_LAUNCH_PROFILE"] = name;
            foreach (var (variable, value) in profile.EnvironmentVariables)
            {
                variables[variable] = value;
            }
        }
    }
}
