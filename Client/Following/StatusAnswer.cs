using System.Net.Http.Headers;

namespace AspireJobs.Client.Following;

/// <summary>How jobs stand.</summary>
/// <param name="Jobs">Status documents, newest job first; none when nothing changed.</param>
/// <param name="Tag">Of a single document: what to ask for the next one with.</param>
internal sealed record StatusAnswer(IReadOnlyList<JobStatus> Jobs, EntityTagHeaderValue? Tag = null)
{
    /// <summary>Jobs that were asked for and are no longer known.</summary>
    public IReadOnlyList<Guid> Gone { get; init; } = [];
}
