using Microsoft.Extensions.DependencyInjection;

namespace Queueing.Tests;

public sealed class ConcurrencyTests(PostgresServerFixture postgres)
{
    [Fact]
    public async Task A_worker_runs_as_many_jobs_at_once_as_it_is_told_to()
    {
        const int jobs = 4500; // More than outcomes may wait to be recorded.
        await using var host = await QueueHost.StartWorkerAsync(
            await postgres.CreateDatabaseAsync(), builder => builder.Services.Configure<JobWorkerOptions>(options => options.Concurrency = jobs));
        var running = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Chores.Run = async (_, _, workToken) =>
        {
            if (Interlocked.Increment(ref running) == jobs)
            {
                all.SetResult();
            }

            await all.Task.WaitAsync(workToken);
            return new JobOutcome.Completed();
        };

        await host.Get<JobQueue>().EnqueueAllAsync(
            Enumerable.Repeat(new Chore(), jobs).ToArray(), "test", cancellationToken: TestContext.Current.CancellationToken);

        await all.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }
}
