using Microsoft.Extensions.Hosting;
using Queueing.Schedules;

namespace Queueing.Tests;

/// <summary>Jobs that are enqueued at the times of a cron expression.</summary>
public sealed class ScheduleTests(PostgresServerFixture postgres)
{
    private const string Hourly = "0 * * * *";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_schedule_begins_with_its_next_tick()
    {
        await using var host = await CreateAsync(Hourly);

        await RunAsync(host);

        Assert.Equal(0L, await host.ScalarAsync("select count(*) from job"));
        Assert.Equal(true, await host.ScalarAsync("select next_tick = date_trunc('hour', now()) + interval '1 hour' from job_schedule"));
    }

    [Fact]
    public async Task A_tick_is_enqueued_once_with_its_own_time_and_the_next_is_noted()
    {
        await using var host = await CreateAsync(Hourly);
        await DueAsync(host, hours: 0);

        await RunAsync(host);
        await RunAsync(host);

        Assert.Equal("nightly", await host.ScalarAsync("select owner from job where args ->> 'text' = to_char(date_trunc('hour', now()) at time zone 'UTC', 'HH24:MI')"));
        Assert.Equal(1L, await host.ScalarAsync("select count(*) from job"));
        Assert.Equal(true, await host.ScalarAsync(
            "select last_job_id = (select id from job) and last_tick = date_trunc('hour', now()) and next_tick = last_tick + interval '1 hour' from job_schedule"));
    }

    [Fact]
    public async Task Schedulers_at_once_enqueue_a_tick_once()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var one = await CreateAsync(Hourly, connectionString: connectionString);
        await using var other = await CreateAsync(Hourly, connectionString: connectionString);
        await DueAsync(one, hours: 0);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => RunAsync(i % 2 == 0 ? one : other)));

        Assert.Equal(1L, await one.ScalarAsync("select count(*) from job"));
    }

    [Theory]
    [InlineData(MissedTicks.RunOnce, 1)]
    [InlineData(MissedTicks.RunAll, 6)]
    [InlineData(MissedTicks.Skip, 0)]
    public async Task Ticks_that_came_while_no_worker_ran_are_made_up_for_as_the_schedule_says(MissedTicks missed, int jobs)
    {
        await using var host = await CreateAsync(Hourly, missed);
        await DueAsync(host, hours: 5);

        // In the first minute of an hour the last tick is none that was missed.
        var isFresh = (bool)(await host.ScalarAsync("select now() < date_trunc('hour', now()) + interval '1 minute'"))!;
        await RunAsync(host);

        var texts = await host.ColumnAsync<string>("select args ->> 'text' from job_ready r join job j on j.id = r.job_id order by r.rank, r.job_id");
        Assert.Equal(missed == MissedTicks.Skip && isFresh ? 1 : jobs, texts.Count);
        Assert.Equal(true, await host.ScalarAsync("select next_tick = date_trunc('hour', now()) + interval '1 hour' from job_schedule"));
        if (missed != MissedTicks.Skip)
        {
            Assert.Equal(await host.ColumnAsync<string>(
                $"select to_char((date_trunc('hour', now()) - n * interval '1 hour') at time zone 'UTC', 'HH24:MI') from generate_series({jobs - 1}, 0, -1) n"), texts);
        }
    }

    [Fact]
    public async Task No_more_than_the_last_hundred_ticks_are_made_up_for()
    {
        await using var host = await CreateAsync(Hourly, MissedTicks.RunAll);
        await DueAsync(host, hours: 240);

        await RunAsync(host);

        Assert.Equal(100L, await host.ScalarAsync("select count(*) from job"));
        Assert.Equal(true, await host.ScalarAsync("select last_tick = date_trunc('hour', now()) from job_schedule"));
    }

    [Fact]
    public async Task A_tick_of_the_last_minute_is_none_that_was_missed()
    {
        await using var host = await CreateAsync("* * * * * *", MissedTicks.Skip);
        await RunAsync(host);
        await host.ScalarAsync("update job_schedule set next_tick = date_trunc('second', now()) - interval '10 seconds'");

        await RunAsync(host);

        Assert.Equal(1L, await host.ScalarAsync("select count(*) from job"));
    }

    [Theory]
    [InlineData("30 * * * *", "UTC")]
    [InlineData(Hourly, "Asia/Kolkata")]
    public async Task Another_definition_starts_anew_and_makes_up_for_nothing(string cron, string timeZone)
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await using (var before = await CreateAsync(Hourly, MissedTicks.RunAll, connectionString))
        {
            await DueAsync(before, hours: 5);
        }

        await using var after = await CreateAsync(cron, MissedTicks.RunAll, connectionString, timeZone);
        await RunAsync(after);

        Assert.Equal(0L, await after.ScalarAsync("select count(*) from job"));
        Assert.Equal(true, await after.ScalarAsync(
            "select next_tick > now() and next_tick <= now() + interval '1 hour' and extract(minute from next_tick at time zone 'UTC') = 30 from job_schedule"));
    }

    [Fact]
    public async Task An_expression_that_names_no_time_is_never_due()
    {
        await using var host = await CreateAsync("0 0 30 2 *");

        await RunAsync(host);
        await RunAsync(host);

        Assert.Equal(true, await host.ScalarAsync("select next_tick = 'infinity' from job_schedule"));
    }

    [Fact]
    public async Task A_tick_whose_job_is_refused_stays_due()
    {
        await using var host = await CreateAsync(Hourly, configure: builder => builder.ConfigureJobQueue("default", queue => queue.MaxDepth = 1));
        await DueAsync(host, hours: 0);
        await host.EnqueueAsync(new Chore());

        await RunAsync(host);
        Assert.Equal(1L, await host.ScalarAsync("select count(*) from job"));
        await host.ClaimAsync(await host.OpenSessionAsync());
        await RunAsync(host);

        Assert.Equal(2L, await host.ScalarAsync("select count(*) from job"));
    }

    [Fact]
    public async Task A_schedule_whose_payload_cannot_be_made_holds_up_no_other()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var host = await QueueHost.CreateWorkerAsync(connectionString, builder =>
        {
            builder.AddJobSchedule<Chore>("broken", Hourly, _ => throw new InvalidOperationException("It broke."));
            builder.AddJobSchedule<Version>("without a type", Hourly, _ => new Version());
            builder.AddJobSchedule("whole", Hourly, _ => new Chore());
        });
        await DueAsync(host, hours: 0);

        await RunAsync(host);

        Assert.Equal(1L, await host.ScalarAsync("select count(*) from job"));
        Assert.Equal("broken", await host.ScalarAsync("select name from job_schedule where next_tick <= now()")); // It is tried again.
    }

    [Fact]
    public async Task A_running_worker_runs_what_its_schedules_bring()
    {
        await using var host = await QueueHost.StartWorkerAsync(
            await postgres.CreateDatabaseAsync(), builder => builder.AddJobSchedule("each second", "* * * * * *", tick => new Chore(tick.ToString("O", null))));

        await Eventually.TrueAsync(async () => (long)(await host.ScalarAsync("select count(*) from job_outcome where state = 'completed'"))! >= 2);

        Assert.Equal(0L, await host.ScalarAsync("select count(*) - count(distinct args ->> 'text') from job"));
    }

    private static Task RunAsync(QueueHost host) => host.Task<JobScheduler>().RunOnceAsync(Cancellation);

    /// <summary>Makes the tick of so many hours ago the next one.</summary>
    private static async Task DueAsync(QueueHost host, int hours)
    {
        await RunAsync(host);
        await host.ScalarAsync($"update job_schedule set next_tick = date_trunc('hour', now()) - interval '{hours} hours'");
    }

    private async Task<QueueHost> CreateAsync(
        string cron,
        MissedTicks missed = MissedTicks.RunOnce,
        string? connectionString = null,
        string timeZone = "UTC",
        Action<HostApplicationBuilder>? configure = null) =>
        await QueueHost.CreateWorkerAsync(connectionString ?? await postgres.CreateDatabaseAsync(), builder =>
        {
            builder.AddJobSchedule("report", cron, tick => new Chore($"{tick:HH:mm}"), timeZone, owner: "nightly", missed);
            configure?.Invoke(builder);
        });
}
