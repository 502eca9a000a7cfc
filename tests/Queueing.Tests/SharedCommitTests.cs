using Npgsql;

namespace Queueing.Tests;

/// <summary>Jobs enqueued one by one at the same time.</summary>
public sealed class SharedCommitTests(PostgresServerFixture postgres)
{
    [Fact]
    public async Task Callers_that_come_at_the_same_time_share_few_transactions()
    {
        const int callers = 64;
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await host.EnqueueAsync("echo");

        var jobIds = await Task.WhenAll(Enumerable.Range(0, callers).Select(i => host.EnqueueAsync("echo", i, owner: $"owner {i}")));

        Assert.Equal(callers, jobIds.Distinct().Count());
        Assert.Equal(callers + 1L, await host.ScalarAsync("select count(*) from job j join job_ready r on r.job_id = j.id"));
        Assert.InRange((long)(await host.ScalarAsync("select count(distinct xmin::text) from job"))!, 2, 12);
    }

    [Fact]
    public async Task Each_caller_gets_the_job_that_it_brought()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());

        var jobIds = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => host.EnqueueAsync("echo", i, owner: $"owner {i}")));

        for (var i = 0; i < jobIds.Length; i++)
        {
            Assert.Equal($"owner {i}", (await host.StatusAsync(jobIds[i])).Owner);
            Assert.Equal($"{i}", await host.ScalarAsync($"select args ->> 'number' from job where id = '{jobIds[i]}'"));
        }
    }

    [Fact]
    public async Task One_job_that_cannot_be_written_does_not_fail_its_neighbours()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await host.ScalarAsync("alter table job add constraint no_such_owner check (owner <> 'refused')");

        var calls = Enumerable.Range(0, 20).Select(i => host.EnqueueAsync("echo", i, owner: i == 10 ? "refused" : $"owner {i}")).ToArray();
        await Task.WhenAll(calls).ContinueWith(_ => { }, TaskScheduler.Default);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => calls[10]);
        Assert.Equal("no_such_owner", refusal.ConstraintName);
        Assert.All(calls.Where(call => call != calls[10]), call => Assert.True(call.IsCompletedSuccessfully));
        Assert.Equal(19L, await host.ScalarAsync("select count(*) from job_ready"));
    }

    [Fact]
    public async Task An_owner_or_key_that_is_no_text_fails_only_its_own_caller()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());

        var calls = Enumerable.Range(0, 20).Select(i => host.EnqueueAsync(
            "echo", i, i == 12 ? new() { IdempotencyKey = "half a pair: \ud83d" } : null, i == 10 ? "half a pair: \ud83d" : "somebody")).ToArray();
        await Task.WhenAll(calls).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal("owner", (await Assert.ThrowsAsync<ArgumentException>(() => calls[10])).ParamName);
        Assert.Equal("IdempotencyKey", (await Assert.ThrowsAsync<ArgumentException>(() => calls[12])).ParamName);
        Assert.Equal(18, calls.Count(call => call.IsCompletedSuccessfully));
        Assert.Equal(18L, await host.ScalarAsync("select count(*) from job_ready"));
    }
}
