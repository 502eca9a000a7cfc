using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The state of one process of a resource: each replica has its own <see cref="ResourceId"/>.</summary>
public sealed class ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
{
    public IResource Resource => resource;

    public string ResourceId => resourceId;

    public CustomResourceSnapshot Snapshot => snapshot;

    internal bool IsHealthy => Snapshot.State?.Text == KnownResourceStates.Running && Snapshot.HealthStatus == HealthStatus.Healthy;
}

public sealed record CustomResourceSnapshot
{
    public required string ResourceType { get; init; }

    public ResourceStateSnapshot? State { get; init; }

    public HealthStatus? HealthStatus { get; init; }

    /// <summary>Why it is not healthy.</summary>
    public string? HealthReason { get; init; }

    public int? ExitCode { get; init; }

    public int? ProcessId { get; init; }

    public int Restarts { get; init; }

    public DateTime? StartTimeStamp { get; init; }

    public ImmutableArray<UrlSnapshot> Urls { get; init; } = [];
}

public sealed record ResourceStateSnapshot(string Text, string? Style = null)
{
    public static implicit operator ResourceStateSnapshot?(string? state) => state is null ? null : new(state);
}

public sealed record UrlSnapshot(string Name, string Url, string? DisplayText);
