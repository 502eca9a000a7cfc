using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Features.Profiles;

/// <summary>
/// Hears of every change of a profile, in whichever process it was made, when it is committed: PostgreSQL tells it (<c>NOTIFY</c>). What is in
/// memory is good for as long as this listens, and for no longer.
/// </summary>
internal sealed partial class ProfileChanges(NpgsqlDataSource dataSource, TimeProvider time, ILogger<ProfileChanges> logger) : BackgroundService
{
    private const string Channel = "profile_changed";
    private const int MostUsers = 100_000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A line that is cut without a word is silent: after so much silence it is tried.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, long> changes = new(StringComparer.Ordinal);
    private volatile bool isListening;
    private long epoch; // With another one, all versions are new.

    /// <returns>
    /// The version that a profile has: taken before it is read, what is read is at least as new. Null while changes can't be heard: then
    /// nothing in memory is to be believed.
    /// </returns>
    public string? VersionOf(string userId) => isListening ? $"{Interlocked.Read(ref epoch)}.{changes.GetValueOrDefault(userId)}" : null;

    /// <summary>Counts a change. One that this process has made itself need not wait to be told.</summary>
    public void Changed(string userId)
    {
        if (changes.Count >= MostUsers && !changes.ContainsKey(userId))
        {
            // Counts that are forgotten begin anew: before and after it, so that no version is used twice.
            Interlocked.Increment(ref epoch);
            changes.Clear();
            Interlocked.Increment(ref epoch);
        }

        changes.AddOrUpdate(userId, 1, (_, count) => count + 1);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException)
            {
                LogDeaf(exception.GetType().Name);
            }
            finally
            {
                isListening = false;
            }

            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(stoppingToken);
        connection.Notification += (_, notification) => Changed(notification.Payload);
        await using (var listen = new NpgsqlCommand($"listen {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(stoppingToken);
        }

        // What changed while nobody listened is in no count.
        Interlocked.Increment(ref epoch);
        isListening = true;
        while (true)
        {
            if (!await connection.WaitAsync(Silence, stoppingToken))
            {
                await using var probe = new NpgsqlCommand("select 1", connection) { CommandTimeout = (int)Silence.TotalSeconds };
                await probe.ExecuteNonQueryAsync(stoppingToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Changes of profiles can't be heard ({Reason}): profiles are read from the database until they can")]
    private partial void LogDeaf(string reason);
}
