namespace Aspire.Npgsql;

/// <summary>Settings of <c>AddNpgsqlDataSource</c>, read from <c>Aspire:Npgsql</c> and <c>Aspire:Npgsql:{connection name}</c>.</summary>
public sealed class NpgsqlSettings
{
    /// <summary>The connection string; the one named after the connection wins over it.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Leaves out the health check. Default: false.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Leaves out the traces. Default: false.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>Leaves out the metrics. Default: false.</summary>
    public bool DisableMetrics { get; set; }
}
