namespace Queueing.Tests;

/// <summary>How many workers there are, as each of them knows it.</summary>
public sealed class LiveWorkersTests(PostgresServerFixture postgres)
{
    [Fact]
    public async Task Workers_that_come_and_go_are_known_to_the_others()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var first = await QueueHost.StartWorkerAsync(database);
        await Eventually.TrueAsync(() => first.Get<LiveWorkers>().Count == 1);

        var second = await QueueHost.StartWorkerAsync(database);
        await Eventually.TrueAsync(() => first.Get<LiveWorkers>().Count == 2 && second.Get<LiveWorkers>().Count == 2);

        await second.DisposeAsync();
        await Eventually.TrueAsync(() => first.Get<LiveWorkers>().Count == 1);
    }

    [Fact]
    public async Task One_that_died_counts_until_its_session_is_ended()
    {
        await using var worker = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        await worker.OpenSessionAsync();

        await Eventually.TrueAsync(() => worker.Get<LiveWorkers>().Count == 2);
        await Eventually.TrueAsync(() => worker.Get<LiveWorkers>().Count == 1);
    }
}
