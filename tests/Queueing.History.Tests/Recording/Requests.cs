namespace Queueing.History.Tests.Recording;

/// <summary>Somebody's wish to call a job off. The answer is null when it was lost.</summary>
internal sealed record CancelRequest(Guid JobId, CancelAnswer? Answer, DateTimeOffset AnsweredAt);

/// <summary>The time for which a queue was paused for certain: from the pause's answer until the resume was sent.</summary>
internal sealed record Pause(string Queue, DateTimeOffset AnsweredAt, DateTimeOffset EndedAt);
