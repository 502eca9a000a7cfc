namespace Queueing;

/// <summary>How many jobs of a queue are in each state.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Waiting">Due, without a worker.</param>
/// <param name="Active">With a worker.</param>
/// <param name="Completed">Ended well since the queue's first job, kept or not.</param>
/// <param name="Failed">Failed since the queue's first job, kept or not; less those that were let run again.</param>
/// <param name="Delayed">Their time has not come.</param>
/// <param name="Cancelled">Called off since the queue's first job, kept or not; less those that were let run again.</param>
public sealed record QueueCounts(string Queue, long Waiting, long Active, long Completed, long Failed, long Delayed, long Cancelled);
