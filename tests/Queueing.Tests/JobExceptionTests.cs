using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace Queueing.Tests;

/// <summary>Exceptions that say how the attempt ends, and what those who throw them know of it.</summary>
public sealed class JobExceptionTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_known_exception_is_the_outcome_that_was_said_for_it()
    {
        await using var host = await StartAsync();
        host.Chores.Run = (_, _, _) => throw new BusyException();

        var jobId = await host.EnqueueAsync(new Chore());
        await host.InStateAsync(jobId, JobState.Delayed);

        var status = await host.StatusAsync(jobId);
        Assert.Equal(0, status.Attempt);
        Assert.InRange(status.RunAt - status.CreatedAt, TimeSpan.FromHours(1), TimeSpan.FromHours(1.1));
    }

    [Fact]
    public async Task What_derives_from_it_is_too_and_any_other_is_a_failed_attempt()
    {
        await using var host = await StartAsync();
        host.Chores.Run = (chore, _, _) => throw (chore.Number == 1 ? new VeryWrongException() : new InvalidOperationException("It broke."));

        var known = await host.EndOfAsync(await host.EnqueueAsync(new Chore(Number: 1)));
        var unknown = await host.EndOfAsync(await host.EnqueueAsync(new Chore(Number: 2)));

        Assert.Equal((1, "wrong"), (known.Attempt, known.Error?.Type));
        Assert.Equal((3, "InvalidOperationException"), (unknown.Attempt, unknown.Error?.Type));
    }

    [Fact]
    public async Task Services_of_an_attempts_scope_know_the_attempt()
    {
        await using var host = await QueueHost.StartWorkerAsync(
            await postgres.CreateDatabaseAsync(), builder => builder.AddJob<Question, Answerer>("question"));

        var jobId = (await host.Queue.EnqueueAsync(new Question(), "somebody", cancellationToken: Cancellation)).JobId;

        Assert.Equal($"\"question {jobId} somebody 1\"", (await host.EndOfAsync(jobId)).Result?.GetRawText());
        await using var scope = host.Get<IServiceScopeFactory>().CreateAsyncScope();
        Assert.Null(scope.ServiceProvider.GetRequiredService<CurrentJob>().Context);
    }

    [Fact]
    public async Task Jobs_that_were_snoozed_for_a_reason_are_woken_by_it_and_no_others()
    {
        await using var host = await StartAsync();
        var snoozed = new ConcurrentDictionary<int, bool>();
        host.Chores.Run = (chore, context, _) => Task.FromResult<JobOutcome>(chore.Number switch
        {
            1 when snoozed.TryAdd(1, true) => new JobOutcome.SnoozeFor(TimeSpan.FromHours(1), "money"),
            2 when snoozed.TryAdd(2, true) => new JobOutcome.SnoozeFor(TimeSpan.FromHours(1), "weather"),
            3 when snoozed.TryAdd(3, true) => new JobOutcome.SnoozeFor(TimeSpan.FromHours(1)),
            4 when snoozed.TryAdd(4, true) => new JobOutcome.SnoozeFor(TimeSpan.FromMilliseconds(1), "money"),
            4 when snoozed.TryAdd(5, true) => new JobOutcome.RetryAfter(TimeSpan.FromHours(1), "t", "m"),
            _ => new JobOutcome.Completed(context.Attempt),
        });
        var jobs = new List<Guid>();
        for (var number = 1; number <= 4; number++)
        {
            jobs.Add(await host.EnqueueAsync(new Chore(Number: number)));
        }

        await Eventually.TrueAsync(async () => (await host.Get<JobReader>().CountAsync(Cancellation))[0] is { Delayed: 4 } && snoozed.Count == 5);

        Assert.Equal(1, await host.Control.WakeSnoozedAsync("money", Cancellation));

        Assert.Equal("1", (await host.EndOfAsync(jobs[0])).Result?.GetRawText());
        Assert.All(await Task.WhenAll(jobs[1..].Select(host.StatusAsync)), status => Assert.Equal(JobState.Delayed, status.Status));
        Assert.Equal(0, await host.Control.WakeSnoozedAsync("money", Cancellation));
    }

    private async Task<QueueHost> StartAsync() => await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync(), builder =>
    {
        builder.AddJobException<BusyException>(_ => new JobOutcome.SnoozeFor(TimeSpan.FromHours(1), "busy"));
        builder.AddJobException<WrongException>(_ => new JobOutcome.Failed("wrong", "It is wrong."));
    });

    private sealed class BusyException : Exception;

    private class WrongException : Exception;

    private sealed class VeryWrongException : WrongException;

    private sealed record Question;

    private sealed class Answerer(CurrentJob job) : IJobHandler<Question>
    {
        public Task<JobOutcome> HandleAsync(Question args, JobContext context, CancellationToken workToken) =>
            Task.FromResult<JobOutcome>(new JobOutcome.Completed($"{job.Context!.Type} {job.Context.JobId} {job.Context.Owner} {job.Context.Attempt}"));
    }
}
