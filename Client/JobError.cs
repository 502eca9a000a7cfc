namespace AspireJobs.Client;

/// <summary>Why a job, or one attempt, failed.</summary>
/// <param name="Type">A stable word for programs.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Transient">Whether another attempt might have helped.</param>
public sealed record JobError(string Type, string Message, bool Transient);
