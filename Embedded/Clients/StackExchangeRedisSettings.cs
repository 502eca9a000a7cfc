namespace Aspire.StackExchange.Redis;

/// <summary>Settings of <c>AddRedisClient</c>, read from <c>Aspire:StackExchange:Redis</c> and <c>Aspire:StackExchange:Redis:{connection name}</c>.</summary>
public sealed class StackExchangeRedisSettings
{
    /// <summary>The connection string; the one named after the connection wins over it.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Leaves out the health check. Default: false.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Leaves out the traces. Default: false.</summary>
    public bool DisableTracing { get; set; }
}
