namespace Queueing.Tests;

/// <summary>How callers that come at the same time share a write.</summary>
public sealed class GroupCommitTests
{
    [Fact]
    public void One_who_comes_alone_is_written_before_the_call_returns()
    {
        var writes = new Writes(lanes: 2);

        _ = writes.Group.AddAsync(1);

        Assert.Equal([1], Assert.Single(writes.Begun));
    }

    [Fact]
    public async Task Those_who_come_while_all_lanes_write_go_together_in_their_order()
    {
        var writes = new Writes(lanes: 2);
        var first = writes.Group.AddAsync(1);
        var second = writes.Group.AddAsync(2);
        var others = Enumerable.Range(3, 10).Select(writes.Group.AddAsync).ToArray();
        Assert.Equal(2, writes.Begun.Count);

        writes.LetEnd(0);
        await first;
        await Eventually.TrueAsync(() => writes.Begun.Count == 3);
        Assert.Equal(Enumerable.Range(3, 10), writes.Begun[2]);
        writes.LetEnd(2);
        writes.LetEnd(1);

        Assert.Equal(2, await second);
        Assert.Equal(Enumerable.Range(3, 10), await Task.WhenAll(others));
    }

    [Fact]
    public async Task A_group_is_no_larger_than_one_write_takes()
    {
        var writes = new Writes(lanes: 1, largest: 4);
        var answers = Enumerable.Range(0, 10).Select(writes.Group.AddAsync).ToArray();
        for (var i = 0; i < 4; i++)
        {
            await Eventually.TrueAsync(() => writes.Begun.Count > i);
            writes.LetEnd(i);
        }

        await Task.WhenAll(answers);
        Assert.Equal([1, 4, 4, 1], writes.Begun.Select(group => group.Count));
    }

    [Fact]
    public async Task A_write_that_fails_fails_its_own_group_and_the_next_is_written()
    {
        var writes = new Writes(lanes: 1);
        var failing = writes.Group.AddAsync(1);
        var next = writes.Group.AddAsync(2);

        writes.LetFail(0);

        await Assert.ThrowsAsync<TimeoutException>(() => failing);
        await Eventually.TrueAsync(() => writes.Begun.Count == 2);
        writes.LetEnd(1);
        Assert.Equal(2, await next);
    }

    [Fact]
    public async Task A_second_write_begins_only_for_enough_company()
    {
        var writes = new Writes(lanes: 2, company: 3);
        var first = writes.Group.AddAsync(1);
        Task<int>[] two = [writes.Group.AddAsync(2), writes.Group.AddAsync(3)];
        Assert.Single(writes.Begun);

        var third = writes.Group.AddAsync(4);

        Assert.Equal([[1], [2, 3, 4]], writes.Begun);
        writes.LetEnd(0);
        writes.LetEnd(1);
        var answers = await Task.WhenAll([first, .. two, third]);
        Assert.Equal([1, 2, 3, 4], answers);
    }

    private sealed class Writes
    {
        private readonly List<(IReadOnlyList<int> Items, TaskCompletionSource<int[]> End)> begun = [];

        public Writes(int lanes, int largest = 100, int company = 1) => Group = new(BeginAsync, largest, lanes, company);

        public GroupCommit<int, int> Group { get; }

        public IReadOnlyList<IReadOnlyList<int>> Begun
        {
            get
            {
                lock (begun)
                {
                    return [.. begun.Select(write => write.Items)];
                }
            }
        }

        public void LetEnd(int write)
        {
            lock (begun)
            {
                begun[write].End.SetResult([.. begun[write].Items]);
            }
        }

        public void LetFail(int write)
        {
            lock (begun)
            {
                begun[write].End.SetException(new TimeoutException());
            }
        }

        private Task<int[]> BeginAsync(IReadOnlyList<int> items)
        {
            lock (begun)
            {
                begun.Add((items, new(TaskCreationOptions.RunContinuationsAsynchronously)));
                return begun[^1].End.Task;
            }
        }
    }
}
