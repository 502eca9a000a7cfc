namespace Queueing.History.Tests.Recording;

/// <summary>A handler's run as its process wrote it into its journal. No end: the process died in it.</summary>
internal sealed record Begun(int ProcessId, Guid JobId, int Attempt, DateTimeOffset BeganAt, DateTimeOffset? EndedAt);
