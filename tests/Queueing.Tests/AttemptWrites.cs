using Npgsql;
using Queueing.Store;

namespace Queueing.Tests;

/// <summary>An attempt's fenced writes, one at a time, as a test sends them.</summary>
internal sealed class AttemptWrites(NpgsqlDataSource database, AttemptStore store)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task<long?> TryCompleteAsync(ClaimedJob job, string? result = null) => OnConnectionAsync(async connection =>
        (await AttemptStore.CompleteAsync(connection, [new(job, result, null, null)], Cancellation)).TryGetValue(job.Id, out var seq) ? seq : null);

    public Task<long?> TryFailAsync(ClaimedJob job, string error) =>
        OnConnectionAsync(connection => AttemptStore.TryEndAsync(connection, job, JobState.Failed, error, null, null, Cancellation));

    public Task<long?> TryCancelAsync(ClaimedJob job) =>
        OnConnectionAsync(connection => AttemptStore.TryEndAsync(connection, job, JobState.Cancelled, null, null, null, Cancellation));

    public Task<long?> TryRetryAsync(ClaimedJob job, string error, TimeSpan delay = default) =>
        OnConnectionAsync(connection => AttemptStore.TryRetryAsync(connection, job, error, null, delay, Cancellation));

    public Task<long?> TryReleaseAsync(ClaimedJob job, TimeSpan delay = default) =>
        OnConnectionAsync(connection => AttemptStore.TryReleaseAsync(connection, job, delay, null, Cancellation));

    public Task<long?> TryReportProgressAsync(ClaimedJob job, int percent) => store.TryReportProgressAsync(job, percent, Cancellation);

    private async Task<long?> OnConnectionAsync(Func<NpgsqlConnection, Task<long?>> write)
    {
        await using var connection = await database.OpenConnectionAsync(Cancellation);
        return await write(connection);
    }
}
