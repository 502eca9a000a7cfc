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

    private readonly Lock gate = new();
    private volatile Heard? heard; // Null while nobody listens.
    private long epoch;

    /// <returns>
    /// The version that a profile has: taken before it is read, what is read is at least as new. Null while changes can't be heard: then
    /// nothing in memory is to be believed.
    /// </returns>
    public string? VersionOf(string userId) => heard is { } now ? $"{now.Epoch}.{now.Changes.GetValueOrDefault(userId)}" : null;

    /// <summary>Counts a change. One that this process has made itself need not wait to be told, and is counted again when it is.</summary>
    public void Changed(string userId)
    {
        lock (gate)
        {
            if (heard is not { } now)
            {
                return;
            }

            if (now.Changes.Count >= MostUsers)
            {
                heard = now = Anew();
            }

            now.Changes.AddOrUpdate(userId, 1, (_, count) => count + 1);
        }
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
                lock (gate)
                {
                    heard = null;
                }
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

        lock (gate)
        {
            heard = Anew(); // What changed while nobody listened is in no count.
        }

        while (true)
        {
            if (!await connection.WaitAsync(Silence, stoppingToken))
            {
                await using var probe = new NpgsqlCommand("select 1", connection) { CommandTimeout = (int)Silence.TotalSeconds };
                await probe.ExecuteNonQueryAsync(stoppingToken);
            }
        }
    }

    private Heard Anew() => new(++epoch, new(StringComparer.Ordinal));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Changes of profiles can't be heard ({Reason}): profiles are read from the database until they can")]
    private partial void LogDeaf(string reason);

    /// <summary>How often each user's profile has changed since an epoch began. With another epoch all versions are new.</summary>
    private sealed record Heard(long Epoch, ConcurrentDictionary<string, long> Changes);
}
