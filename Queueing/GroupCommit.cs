namespace Queueing;

/// <summary>
/// Lets callers that come at the same time share one write. A caller that comes alone is written at once; those that come
/// while writes are under way wait for the next one and go together.
/// </summary>
/// <param name="write">Writes some items and gives each one's answer, in their order.</param>
/// <param name="largest">Items in one write at most.</param>
/// <param name="lanes">Writes under way at the same time at most.</param>
/// <param name="company">Items that wait before a further write begins beside one under way: a write costs much more than an item.</param>
internal sealed class GroupCommit<TItem, TAnswer>(Func<IReadOnlyList<TItem>, Task<TAnswer[]>> write, int largest, int lanes, int company)
{
    private readonly Lock gate = new();
    private readonly Queue<Waiting> pending = new();
    private int underWay;

    /// <returns>The item's answer, or the write's exception.</returns>
    public Task<TAnswer> AddAsync(TItem item)
    {
        var answer = new TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            pending.Enqueue(new(item, answer));
            if (underWay == lanes || (underWay > 0 && pending.Count < company))
            {
                return answer.Task;
            }

            underWay++;
        }

        // Begins in the caller's own time, so that a write for one starts without a detour. The loop catches everything.
        _ = WriteAllAsync();
        return answer.Task;
    }

    private async Task WriteAllAsync()
    {
        while (Take() is { } group)
        {
            try
            {
                var answers = await write(Array.ConvertAll(group, waiting => waiting.Item)).ConfigureAwait(false);
                for (var i = 0; i < group.Length; i++)
                {
                    group[i].Answer.SetResult(answers[i]);
                }

                if (group.Length > 1)
                {
                    // Those who were answered often bring the next item at once: let them, or the first goes alone.
                    await Task.Yield();
                }
            }
            catch (Exception exception)
            {
                foreach (var waiting in group)
                {
                    waiting.Answer.TrySetException(exception);
                }
            }
        }
    }

    private Waiting[]? Take()
    {
        lock (gate)
        {
            if (pending.Count == 0 || (underWay > 1 && pending.Count < company))
            {
                underWay--;
                return null;
            }

            var group = new Waiting[Math.Min(pending.Count, largest)];
            for (var i = 0; i < group.Length; i++)
            {
                group[i] = pending.Dequeue();
            }

            return group;
        }
    }

    private readonly record struct Waiting(TItem Item, TaskCompletionSource<TAnswer> Answer);
}
