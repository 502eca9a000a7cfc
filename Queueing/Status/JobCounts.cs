namespace Queueing;

/// <summary>How many jobs are in each state, over all queues.</summary>
public sealed record JobCounts(long Waiting, long Active, long Completed, long Failed, long Delayed);
