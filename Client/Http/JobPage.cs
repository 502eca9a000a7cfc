namespace AspireJobs.Client;

/// <summary>The newest jobs of the caller, newest first.</summary>
internal sealed record JobPage(IReadOnlyList<JobStatus> Items);
