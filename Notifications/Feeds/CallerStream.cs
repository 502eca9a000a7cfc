using Npgsql;
using Notifications.Streams;

namespace Notifications.Feeds;

/// <summary>Writes the events of all jobs of a caller to one client.</summary>
internal sealed class CallerStream(CallerFeeds feeds, OpenStreams streams)
{
    /// <param name="owner">Whose jobs; null for everybody's.</param>
    /// <param name="lastId">The id of the last event that the client has, or null for a new client.</param>
    /// <param name="context">The client's request.</param>
    public async Task WriteAsync(string? owner, string? lastId, HttpContext context)
    {
        var gone = context.RequestAborted;
        using var stream = streams.Open(context, expiresAt: null);
        try
        {
            var (told, feed) = await feeds.JoinAsync(owner, stream.Inbox, lastId, gone);
            try
            {
                await stream.StartAsync(gone);
                await WriteAsync(stream, told, gone);
                while (true)
                {
                    var (signals, events) = await stream.Inbox.TakeAsync(gone);
                    await WriteAsync(stream, events, gone);
                    if (await stream.EndsAsync(signals, streams, gone))
                    {
                        return;
                    }
                }
            }
            finally
            {
                feed.Leave(stream.Inbox);
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The client left.
        }
        catch (NpgsqlException) when (context.Response.HasStarted)
        {
            // The client comes back with the id of the last event that it has.
        }
    }

    private static async ValueTask WriteAsync(OpenStream stream, IReadOnlyList<Heard> events, CancellationToken cancellationToken)
    {
        foreach (var heard in events)
        {
            stream.Write(heard.Event, heard.Id!);
        }

        if (events.Count > 0)
        {
            await stream.FlushAsync(cancellationToken);
        }
    }
}
