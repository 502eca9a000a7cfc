namespace Queueing.Tests;

/// <summary>What providers did for a job, told as it happens.</summary>
public sealed class UsageTests(PostgresServerFixture postgres)
{
    [Fact]
    public async Task The_sum_of_an_attempt_is_the_usage_of_the_job_that_it_completes()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        host.Chores.Run = (_, context, _) =>
        {
            context.AddUsage(new("first", "large", 1, 2, 0.5m, "because"));
            context.AddUsage(new("second", "small", 10, 20, 0.25m));
            return context.Attempt == 1
                ? throw new InvalidOperationException("It broke.")
                : Task.FromResult<JobOutcome>(new JobOutcome.Completed());
        };

        var job = await host.EndOfAsync(await host.EnqueueAsync(new Chore()));

        Assert.Equal(new JobUsage("second", "small", 11, 22, 0.75m, "because"), job.Usage);
        Assert.Equal(2, job.Attempt);
    }

    [Fact]
    public async Task What_the_outcome_says_itself_is_what_counts()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        var own = new JobUsage("own", "large", 1, 2, 0.5m);
        host.Chores.Run = (_, context, _) =>
        {
            context.AddUsage(new("other", "small", 1, 2, 0.5m));
            return Task.FromResult<JobOutcome>(new JobOutcome.Completed(Usage: own));
        };

        Assert.Equal(own, (await host.EndOfAsync(await host.EnqueueAsync(new Chore()))).Usage);
    }
}
