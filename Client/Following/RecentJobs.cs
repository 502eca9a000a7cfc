namespace AspireJobs.Client.Following;

/// <summary>A set of jobs that forgets the oldest: a follower may run for months.</summary>
internal sealed class RecentJobs
{
    private const int Capacity = 10_000;

    private readonly HashSet<Guid> jobs = [];
    private readonly Queue<Guid> order = new();

    public bool Contains(Guid jobId) => jobs.Contains(jobId);

    /// <returns>False when it was in the set.</returns>
    public bool Add(Guid jobId)
    {
        if (!jobs.Add(jobId))
        {
            return false;
        }

        order.Enqueue(jobId);
        if (order.Count > Capacity)
        {
            jobs.Remove(order.Dequeue());
        }

        return true;
    }

    public bool Remove(Guid jobId) => jobs.Remove(jobId);

    public void Clear()
    {
        jobs.Clear();
        order.Clear();
    }
}
