using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Queueing.Reuse;

namespace Queueing.Tests;

/// <summary>Jobs of the same content: one runs, the others have its result.</summary>
public sealed class ReuseTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_many_at_once_on_several_workers_one_runs_and_all_have_its_result()
    {
        var database = await postgres.CreateDatabaseAsync();
        var plays = new Plays();
        plays.Play = async (_, _, token) =>
        {
            plays.Began.TrySetResult();
            await plays.Gate.Task.WaitAsync(token);
        };
        await using var first = await StartAsync(database, plays);
        await using var second = await StartAsync(database, plays);

        var jobs = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => EnqueueAsync(first, new Tune("a"))));
        await plays.Began.Task;
        await Eventually.TrueAsync(async () => (long)(await first.ScalarAsync("select count(*) from job_ready where delayed and snooze_reason like 'reuse:%'"))! == 99);
        plays.Gate.SetResult();
        var ended = await Task.WhenAll(jobs.Select(first.EndOfAsync));

        Assert.Equal(1, plays.Count);
        Assert.All(ended, job => Assert.Equal((JobState.Completed, "\"a\"", 1), (job.Status, job.Result?.GetRawText(), job.Attempt)));
        Assert.Equal(99, ended.Count(job => job.Reused));
        Assert.Equal([new JobUsage("somebody", "large", 1, 1, 1)], ended.Where(job => job.Usage is not null).Select(job => job.Usage!));
    }

    [Fact]
    public async Task Another_owner_or_variant_or_payload_is_another_content()
    {
        var plays = new Plays();
        await using var host = await StartAsync(await postgres.CreateDatabaseAsync(), plays);

        Assert.False(await IsReusedAsync(host, new Tune("a")));
        Assert.True(await IsReusedAsync(host, new Tune("a")));
        Assert.False(await IsReusedAsync(host, new Tune("b")));
        Assert.False(await IsReusedAsync(host, new Tune("a"), "somebody else"));
        plays.Variant = "other";
        Assert.False(await IsReusedAsync(host, new Tune("a")));
        Assert.True(await IsReusedAsync(host, new Tune("a")));
    }

    [Fact]
    public async Task Across_owners_what_names_the_owner_may_be_left_out()
    {
        await using var host = await StartAsync(await postgres.CreateDatabaseAsync(), new(), reuse =>
        {
            reuse.AcrossOwners = true;
            reuse.Without = ["user"];
        });

        Assert.False(await IsReusedAsync(host, new Tune("a", "ada"), "ada"));
        Assert.True(await IsReusedAsync(host, new Tune("a", "bob"), "bob"));
    }

    [Fact]
    public async Task A_leader_that_tries_again_goes_on_leading()
    {
        var failed = 0;
        var plays = new Plays { Play = (_, context, _) => context.Attempt < 3 && ++failed > 0 ? throw new InvalidOperationException("It broke.") : Task.CompletedTask };
        await using var host = await StartAsync(await postgres.CreateDatabaseAsync(), plays);

        var jobs = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => EnqueueAsync(host, new Tune("a"))));
        var ended = await Task.WhenAll(jobs.Select(host.EndOfAsync));

        Assert.All(ended, job => Assert.Equal(JobState.Completed, job.Status));
        Assert.Equal((2, 3, 4), (failed, plays.Count, ended.Count(job => job.Reused)));
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("discarded")]
    [InlineData("cancelled")]
    public async Task Where_the_leader_ends_without_a_result_the_next_one_leads(string how)
    {
        var plays = new Plays();
        await using var host = await StartAsync(await postgres.CreateDatabaseAsync(), plays);
        plays.Outcome = () => how switch
        {
            _ when plays.Count > 1 => null,
            "failed" => new JobOutcome.Failed("wrong", "It can't be done."),
            "discarded" => new JobOutcome.Discard("Nobody needs it."),
            _ => null,
        };
        plays.Play = async (_, _, token) =>
        {
            if (plays.Count == 1)
            {
                plays.Began.SetResult();
                await plays.Gate.Task.WaitAsync(token);
            }
        };

        var leader = await EnqueueAsync(host, new Tune("a"));
        await plays.Began.Task;
        var next = await EnqueueAsync(host, new Tune("a"));
        await host.InStateAsync(next, JobState.Delayed);
        if (how == "cancelled")
        {
            await host.Get<JobControl>().CancelAsync(leader, Cancellation);
        }
        else
        {
            plays.Gate.SetResult();
        }

        Assert.NotEqual(JobState.Completed, (await host.EndOfAsync(leader)).Status);
        var ended = await host.EndOfAsync(next);
        Assert.Equal((JobState.Completed, false, 1), (ended.Status, ended.Reused, ended.Attempt));
        Assert.True(await IsReusedAsync(host, new Tune("a")));
    }

    [Fact]
    public async Task A_leader_whose_worker_died_goes_on_leading_elsewhere()
    {
        var database = await postgres.CreateDatabaseAsync();
        var plays = new Plays();
        await using var host = await StartAsync(database, plays, start: false);
        var leader = await EnqueueAsync(host, new Tune("a"));
        var session = await host.OpenSessionAsync();
        Assert.Single(await host.ClaimAsync(session));
        await host.ScalarAsync($"select begin_reuse(key, '{leader}', '1 day') from (select '\\x{Convert.ToHexString(HashOf("a"))}'::bytea as key) as of");

        await host.StartAsync();
        var next = await EnqueueAsync(host, new Tune("a"));

        Assert.True((await host.EndOfAsync(next)).Reused);
        Assert.Equal(2, (await host.EndOfAsync(leader)).Attempt);
        Assert.Equal(1, plays.Count);
    }

    [Fact]
    public async Task Results_are_taken_over_for_their_time_and_as_long_as_they_are_kept()
    {
        var plays = new Plays();
        await using var host = await StartAsync(await postgres.CreateDatabaseAsync(), plays);
        Assert.False(await IsReusedAsync(host, new Tune("a")));

        await host.ScalarAsync("update job_reuse set until = now() - interval '1 second'");
        Assert.False(await IsReusedAsync(host, new Tune("a")));
        Assert.True(await IsReusedAsync(host, new Tune("a")));

        await host.ScalarAsync("delete from job_outcome");
        Assert.False(await IsReusedAsync(host, new Tune("a")));
    }

    [Fact]
    public async Task An_answer_of_another_provider_than_is_asked_first_is_not_taken_over()
    {
        var plays = new Plays { Why = "first: circuit-open" };
        await using var host = await StartAsync(await postgres.CreateDatabaseAsync(), plays);

        Assert.False(await IsReusedAsync(host, new Tune("a")));
        plays.Why = null;
        Assert.False(await IsReusedAsync(host, new Tune("a")));
        Assert.True(await IsReusedAsync(host, new Tune("a")));
    }

    [Fact]
    public async Task Those_who_wait_take_it_all_the_same()
    {
        var plays = new Plays { Why = "first: circuit-open" };
        plays.Play = async (_, _, token) =>
        {
            plays.Began.TrySetResult();
            await plays.Gate.Task.WaitAsync(token);
        };
        await using var host = await StartAsync(await postgres.CreateDatabaseAsync(), plays);

        var jobs = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => EnqueueAsync(host, new Tune("a"))));
        await plays.Began.Task;
        await Eventually.TrueAsync(async () => (long)(await host.ScalarAsync("select count(*) from job_ready where delayed and snooze_reason like 'reuse:%'"))! == 9);
        plays.Gate.SetResult();
        var ended = await Task.WhenAll(jobs.Select(host.EndOfAsync));

        Assert.Equal((1, 9), (plays.Count, ended.Count(job => job.Reused)));
        Assert.False(await IsReusedAsync(host, new Tune("a")));
    }

    [Fact]
    public async Task What_is_taken_over_no_more_is_forgotten()
    {
        await using var host = await StartAsync(await postgres.CreateDatabaseAsync(), new());
        await IsReusedAsync(host, new Tune("old"));
        await IsReusedAsync(host, new Tune("new"));
        await host.ScalarAsync($"update job_reuse set until = now() - interval '2 hours' where key = '\\x{Convert.ToHexString(HashOf("old"))}'::bytea");
        await host.ScalarAsync("insert into job_reuse (key, job_id, lifetime, began_at) values ('gone', gen_random_uuid(), '1 day', now() - interval '2 hours')");

        await host.Task<ReuseKeeper>().RunOnceAsync(Cancellation);

        Assert.Equal(1L, await host.ScalarAsync("select count(*) from job_reuse"));
        Assert.True(await IsReusedAsync(host, new Tune("new")));
    }

    [Fact]
    public async Task A_failed_job_that_is_let_run_again_takes_part_anew()
    {
        var plays = new Plays { Outcome = () => new JobOutcome.Failed("wrong", "It can't be done.") };
        await using var host = await StartAsync(await postgres.CreateDatabaseAsync(), plays);
        var failed = await EnqueueAsync(host, new Tune("a"));
        await host.EndOfAsync(failed);
        plays.Outcome = () => null;
        Assert.False(await IsReusedAsync(host, new Tune("a")));

        await host.Get<JobControl>().TryRedriveAsync(failed, Cancellation);
        await host.InStateAsync(failed, JobState.Completed);

        Assert.True((await host.StatusAsync(failed)).Reused);
    }

    [Theory]
    [InlineData("00:00:00", false)]
    [InlineData("01:00:00", true)]
    public async Task The_configuration_says_for_how_long(string time, bool isReused)
    {
        await using var host = await StartAsync(await postgres.CreateDatabaseAsync(), new(), configure: builder => builder.Configuration["JobTypes:tune:ReuseFor"] = time);

        Assert.False(await IsReusedAsync(host, new Tune("a")));
        Assert.Equal(isReused, await IsReusedAsync(host, new Tune("a")));
    }

    [Theory]
    [InlineData("ReuseFor", "-00:00:01", "JobTypes:tune:ReuseFor is -00:00:01: expected 0 to 365 days.")]
    [InlineData("ReuseFor", "soon", "JobTypes:tune:ReuseFor")]
    [InlineData("ReuseFro", "00:00:01", "ReuseFro")]
    public async Task A_setting_that_makes_no_sense_is_refused_by_its_name(string name, string value, string message)
    {
        var database = await postgres.CreateDatabaseAsync();

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            StartAsync(database, new(), configure: builder => builder.Configuration[$"JobTypes:tune:{name}"] = value));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    private static byte[] HashOf(string name) => ContentHash.Of("tune", JobJson.Write(new Tune(name)), [], "", "somebody");

    private static async Task<QueueHost> StartAsync(
        string database, Plays plays, Action<ResultReuse>? reuse = null, Action<IHostApplicationBuilder>? configure = null, bool start = true)
    {
        void Add(HostApplicationBuilder builder)
        {
            configure?.Invoke(builder);
            builder.Services.AddSingleton(plays);
            builder.AddJob<Tune, Player>("tune", options =>
            {
                options.Backoff = Backoff.Fixed(TimeSpan.FromMilliseconds(1));
                options.Reuse = new() { Variant = services => services.GetRequiredService<Plays>().Variant };
                reuse?.Invoke(options.Reuse);
            });
        }

        return start ? await QueueHost.StartWorkerAsync(database, Add) : await QueueHost.CreateWorkerAsync(database, Add);
    }

    private static async Task<Guid> EnqueueAsync(QueueHost host, Tune tune, string owner = "somebody") =>
        (await host.Queue.EnqueueAsync(tune, owner, cancellationToken: Cancellation)).JobId;

    private static async Task<bool> IsReusedAsync(QueueHost host, Tune tune, string owner = "somebody")
    {
        var ended = await host.EndOfAsync(await EnqueueAsync(host, tune, owner));
        Assert.Equal(JobState.Completed, ended.Status);
        return ended.Reused;
    }

    internal sealed record Tune(string Name, string? User = null);

    internal sealed class Plays
    {
        private int count;

        public int Count => count;

        public string Variant { get; set; } = "";

        public string? Why { get; set; }

        public TaskCompletionSource Began { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Func<Tune, JobContext, CancellationToken, Task> Play { get; set; } = (_, _, _) => Task.CompletedTask;

        public Func<JobOutcome?> Outcome { get; set; } = () => null;

        public void Add() => Interlocked.Increment(ref count);
    }

    internal sealed class Player(Plays plays) : IJobHandler<Tune>
    {
        public async Task<JobOutcome> HandleAsync(Tune args, JobContext context, CancellationToken workToken)
        {
            plays.Add();
            await plays.Play(args, context, workToken);
            return plays.Outcome() ?? new JobOutcome.Completed(args.Name, new JobUsage("somebody", "large", 1, 1, 1, plays.Why));
        }
    }
}
