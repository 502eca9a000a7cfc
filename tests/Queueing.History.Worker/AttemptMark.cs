namespace Queueing.History.Worker;

/// <summary>A completed job's result: which attempt in which process did it.</summary>
internal sealed record AttemptMark(int Attempt, int ProcessId);
