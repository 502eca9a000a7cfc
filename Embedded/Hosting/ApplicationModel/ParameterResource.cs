using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value from the AppHost's configuration.</summary>
public sealed class ParameterResource : Resource, IValueProvider
{
    private readonly IConfiguration configuration;
    private readonly string key;

    internal ParameterResource(string name, IConfiguration configuration, string key, bool secret) : base(name)
    {
        this.configuration = configuration;
        this.key = key;
        Secret = secret;
    }

    public bool Secret { get; }

    /// <summary>What serves when nothing is configured: a password that was made up.</summary>
    internal string? Generated { get; set; }

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(configuration[key] ?? Generated
        ?? throw new DistributedApplicationException($"'{Name}' has no value: set {key}, for instance by the environment variable {key.Replace(":", "__", StringComparison.Ordinal)}."));
}

/// <summary>A server that is run elsewhere, reached by the setting <c>ConnectionStrings:{name}</c>.</summary>
internal sealed class ConnectionStringResource(string name, ReferenceExpression value) : Resource(name), IResourceWithConnectionString
{
    public ReferenceExpression ConnectionStringExpression => value;
}
