namespace AspireJobs.Client.Following;

/// <summary>The snapshot of the stream of all jobs: the unfinished ones, newest first.</summary>
/// <param name="Jobs">Their status documents.</param>
/// <param name="More">Whether there are others.</param>
internal sealed record JobList(IReadOnlyList<JobStatus> Jobs, bool More);
