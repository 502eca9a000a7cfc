using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Queueing.Running;

namespace Queueing.Tests;

/// <summary>How an attempt's handler is made, ended and disposed of.</summary>
public sealed class AttemptEndTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_handler_is_made_anew_for_each_attempt_and_disposed_of_after_it(bool asynchronously)
    {
        await using var host = await StartAsync();

        var jobId = asynchronously
            ? (await host.Queue.EnqueueAsync(new Later(), "somebody", cancellationToken: Cancellation)).JobId
            : (await host.Queue.EnqueueAsync(new Now(), "somebody", cancellationToken: Cancellation)).JobId;
        await host.EndOfAsync(jobId);

        Assert.Equal(["made", "ran", "disposed", "scope ended", "made", "ran", "disposed", "scope ended"], host.Get<Diary>().Lines);
    }

    [Fact]
    public async Task At_its_timeout_an_attempt_ends_though_others_go_on_and_it_is_tried_again()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync(), builder =>
            builder.AddJob<Slow, SlowHandler>("slow", type => (type.Timeout, type.Backoff) = (TimeSpan.FromMilliseconds(50), Backoff.Fixed(TimeSpan.FromMilliseconds(1)))));
        var other = await host.EnqueueAsync("wait");

        var (jobId, _) = await host.Queue.EnqueueAsync(new Slow(), "somebody", cancellationToken: Cancellation);

        var status = await host.EndOfAsync(jobId);
        Assert.Equal((JobState.Failed, 3, "timeout"), (status.Status, status.Attempt, status.Error?.Type));
        Assert.Contains("00:00:00.05", status.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(3, (await host.Get<JobReader>().FindFailuresAsync(jobId, Cancellation)).Count);
        host.Log.Gate.SetResult();
        Assert.Equal(JobState.Completed, (await host.EndOfAsync(other)).Status);
    }

    [Fact]
    public async Task A_handler_that_ends_well_after_its_timeout_has_completed()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync(), builder =>
            builder.AddJob<Slow, StubbornHandler>("slow", type => type.Timeout = TimeSpan.FromMilliseconds(20)));

        var (jobId, _) = await host.Queue.EnqueueAsync(new Slow(), "somebody", cancellationToken: Cancellation);

        Assert.Equal((JobState.Completed, 1), (await host.EndOfAsync(jobId)) is var status ? (status.Status, status.Attempt) : default);
    }

    [Fact]
    public async Task Nothing_is_held_after_the_last_attempt()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        var runs = 0;
        host.Chores.Answer(context => (Interlocked.Increment(ref runs) % 4) switch
        {
            0 => new JobOutcome.SnoozeFor(TimeSpan.FromMilliseconds(1)),
            1 => new JobOutcome.RetryAfter(TimeSpan.Zero, "t", "m"),
            2 => throw new InvalidOperationException("It broke."),
            _ => new JobOutcome.Completed(),
        });

        await host.Queue.EnqueueAllAsync([.. Enumerable.Range(0, 100).Select(i => new Chore(Number: i))], "somebody", cancellationToken: Cancellation);
        await Eventually.TrueAsync(async () => (long)(await host.ScalarAsync("select count(*) from job_outcome"))! == 100);

        await Eventually.TrueAsync(() => host.Get<HeldAttempts>().Count == 0);
        Assert.Equal(1, host.Get<HeldAttempts>().RoomForSuspects);
    }

    private async Task<QueueHost> StartAsync() => await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync(), builder =>
    {
        builder.Services.AddSingleton<Diary>();
        builder.Services.AddScoped<Scoped>();
        builder.AddJob<Now, NowHandler>("now", type => type.Backoff = Backoff.Fixed(TimeSpan.FromMilliseconds(1)));
        builder.AddJob<Later, LaterHandler>("later", type => type.Backoff = Backoff.Fixed(TimeSpan.FromMilliseconds(1)));
    });

    private sealed record Now;

    private sealed record Later;

    private sealed record Slow;

    private sealed class Diary
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public Task<JobOutcome> Run(int attempt)
        {
            Lines.Enqueue("ran");
            return attempt == 1 ? throw new InvalidOperationException("It broke.") : Task.FromResult<JobOutcome>(new JobOutcome.Completed());
        }
    }

    private sealed class Scoped(Diary diary) : IDisposable
    {
        public Diary Diary => diary;

        public void Dispose() => diary.Lines.Enqueue("scope ended");
    }

    private sealed class NowHandler : IJobHandler<Now>, IDisposable
    {
        private readonly Diary diary;

        public NowHandler(Scoped scoped) => (diary = scoped.Diary).Lines.Enqueue("made");

        public Task<JobOutcome> HandleAsync(Now args, JobContext context, CancellationToken workToken) => diary.Run(context.Attempt);

        public void Dispose() => diary.Lines.Enqueue("disposed");
    }

    private sealed class LaterHandler : IJobHandler<Later>, IAsyncDisposable
    {
        private readonly Diary diary;

        public LaterHandler(Scoped scoped) => (diary = scoped.Diary).Lines.Enqueue("made");

        public async Task<JobOutcome> HandleAsync(Later args, JobContext context, CancellationToken workToken)
        {
            await Task.Yield();
            return await diary.Run(context.Attempt);
        }

        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            diary.Lines.Enqueue("disposed");
        }
    }

    private sealed class SlowHandler : IJobHandler<Slow>
    {
        public async Task<JobOutcome> HandleAsync(Slow args, JobContext context, CancellationToken workToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, workToken);
            return new JobOutcome.Completed();
        }
    }

    private sealed class StubbornHandler : IJobHandler<Slow>
    {
        public async Task<JobOutcome> HandleAsync(Slow args, JobContext context, CancellationToken workToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, workToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return new JobOutcome.Completed();
        }
    }
}
