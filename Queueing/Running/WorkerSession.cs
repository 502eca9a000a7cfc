namespace Queueing.Running;

/// <summary>One life of a worker: what it claims is its own until the session is ended.</summary>
internal sealed record WorkerSession(Guid Id);
