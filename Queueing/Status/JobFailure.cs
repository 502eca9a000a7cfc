namespace Queueing;

/// <summary>Why one attempt failed.</summary>
/// <param name="Attempt">The attempt, from 1.</param>
/// <param name="FailedAt">When; UTC.</param>
/// <param name="Error">The error, without the payload's texts.</param>
/// <param name="Stack">The exception with its stack trace, without the payload's texts; null when there was none.</param>
public sealed record JobFailure(int Attempt, DateTimeOffset FailedAt, JobError Error, string? Stack);
