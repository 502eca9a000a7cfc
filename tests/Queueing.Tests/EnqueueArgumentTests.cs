using System.Text;
using System.Text.Json;
using Queueing.Maintenance;

namespace Queueing.Tests;

/// <summary>What a caller may say of a job, and what is refused.</summary>
public sealed class EnqueueArgumentTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_payload_at_the_limit_is_accepted_and_one_byte_more_is_refused_with_both_sizes()
    {
        var largest = new Chore(new string('ü', 100));
        var limit = Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(largest, JobJson.Options));
        await using var host = await QueueHost.CreateAsync(
            await postgres.CreateDatabaseAsync(), builder => builder.ConfigureJobQueue("default", queue => queue.MaxPayloadBytes = limit));

        await host.EnqueueAsync(largest);
        var refusal = await Assert.ThrowsAsync<PayloadTooLargeException>(() => host.EnqueueAsync(largest with { Text = largest.Text + "x" }));

        Assert.Equal((limit + 1, limit), (refusal.Bytes, refusal.Limit));
        Assert.Equal(1L, await host.ScalarAsync("select count(*) from job"));
    }

    [Theory]
    [InlineData('\0')]
    [InlineData('\ud83d')] // Half a pair.
    [InlineData('\udc00')]
    public async Task An_owner_or_key_that_cannot_be_written_is_refused_by_the_arguments_name(char character)
    {
        var text = $"a{character}b";
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());

        var owner = await Assert.ThrowsAsync<ArgumentException>(() => host.EnqueueAsync(new Chore(), owner: text));
        var key = await Assert.ThrowsAsync<ArgumentException>(() => host.EnqueueAsync(new Chore(), new() { IdempotencyKey = text }));

        Assert.Equal(("owner", "IdempotencyKey"), (owner.ParamName, key.ParamName));
        Assert.Equal(0L, await host.ScalarAsync("select count(*) from job"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task An_empty_owner_is_refused(string owner)
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());

        Assert.Equal("owner", (await Assert.ThrowsAsync<ArgumentException>(() => host.EnqueueAsync(new Chore(), owner: owner))).ParamName);
    }

    [Fact]
    public async Task A_key_of_255_characters_is_accepted_and_a_longer_one_refused()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());

        await host.EnqueueAsync(new Chore(), new() { IdempotencyKey = new('ü', 255) });

        foreach (var key in new[] { new string('x', 256), "" })
        {
            await Assert.ThrowsAsync<ArgumentException>(() => host.EnqueueAsync(new Chore(), new() { IdempotencyKey = key }));
        }
    }

    [Fact]
    public async Task Text_of_a_payload_comes_back_as_it_was()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        var payload = new Chore("a\0b \" \\ </script> ü 😀 \u2028", -7);
        Chore? seen = null;
        host.Chores.Run = (chore, _, _) => Task.FromResult<JobOutcome>(new JobOutcome.Completed(seen = chore));

        var status = await host.EndOfAsync(await host.EnqueueAsync(payload));

        Assert.Equal((JobState.Completed, payload), (status.Status, seen));
    }

    [Fact]
    public async Task A_time_and_a_delay_together_are_refused_and_so_is_a_negative_delay()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        var now = TimeProvider.System.GetUtcNow();

        await Assert.ThrowsAsync<ArgumentException>(() => host.EnqueueAsync(new Chore(), new() { Delay = TimeSpan.FromSeconds(1), RunAt = now }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => host.EnqueueAsync(new Chore(), new() { Delay = TimeSpan.FromSeconds(-1) }));
    }

    [Fact]
    public async Task A_time_ahead_is_waited_for()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        var runAt = TimeProvider.System.GetUtcNow().AddHours(1);
        runAt = runAt.AddTicks(-(runAt.Ticks % TimeSpan.TicksPerSecond));

        var status = await host.StatusAsync(await host.EnqueueAsync(new Chore(), new() { RunAt = runAt.ToOffset(TimeSpan.FromHours(5)) }));

        Assert.Equal((JobState.Delayed, runAt), (status.Status, status.RunAt));
        Assert.Empty(await host.ClaimAsync(await host.OpenSessionAsync()));
    }

    public static TheoryData<DateTimeOffset> PastTimes => [TimeProvider.System.GetUtcNow().AddDays(-3), DateTimeOffset.UnixEpoch, DateTimeOffset.MinValue];

    [Theory]
    [MemberData(nameof(PastTimes), DisableDiscoveryEnumeration = true)]
    public async Task A_time_in_the_past_is_now(DateTimeOffset runAt)
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());

        var jobId = await host.EnqueueAsync(new Chore(), new() { RunAt = runAt });

        Assert.Equal(JobState.Waiting, (await host.StatusAsync(jobId)).Status);
        var claimed = Assert.Single(await host.ClaimAsync(await host.OpenSessionAsync()));
        Assert.InRange(claimed.Waited, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_time_that_never_comes_hinders_nobody()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());

        var never = await host.EnqueueAsync(new Chore(), new() { RunAt = DateTimeOffset.MaxValue });
        var soon = await host.EnqueueAsync(new Chore(), new() { Delay = TimeSpan.FromMilliseconds(50) });

        Assert.Equal(JobState.Completed, (await host.EndOfAsync(soon)).Status);
        Assert.Equal(JobState.Delayed, (await host.StatusAsync(never)).Status);
        Assert.Equal(0, await host.Get<DueJobPromoter>().RunOnceAsync(Cancellation));
        Assert.Equal(DBNull.Value, await host.ScalarAsync(Store.Sql.NextDueTime)); // No error: infinity is no time to wait for.
    }

    [Fact]
    public async Task A_delay_past_what_a_time_can_say_is_refused()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => host.EnqueueAsync(new Chore(), new() { Delay = TimeSpan.MaxValue }));
        await host.EnqueueAsync(new Chore(), new() { Delay = TimeSpan.FromDays(3650) });
        Assert.Single(await host.Get<JobReader>().ListAsync(new(), null, 10, Cancellation)); // And is read again.
    }
}
