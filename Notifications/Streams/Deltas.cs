using System.Text.Json;
using Queueing;

namespace Notifications.Streams;

/// <summary>Pieces of text that are cut, or put together, on their way to a client.</summary>
internal static class Deltas
{
    /// <returns>The piece that follows an id.</returns>
    public static JobEvent Of(JobStatus status, EventId after, string text) => new(
        status.JobId,
        status.Owner,
        after.Seq,
        JobEventName.Delta,
        JsonSerializer.SerializeToElement(new { status.JobId, status.Attempt, after.Offset, text }, JobJson.Options),
        TraceParent: null,
        after.Offset + text.Length,
        after.Offset);

    /// <returns>Two pieces that follow each other, as one.</returns>
    public static JobEvent Join(JobEvent first, JobEvent next)
    {
        var data = new
        {
            first.JobId,
            Attempt = first.Data.GetProperty("attempt").GetInt32(),
            Offset = first.Data.GetProperty("offset").GetInt32(),
            Text = TextOf(first) + TextOf(next),
        };
        return next with { Data = JsonSerializer.SerializeToElement(data, JobJson.Options), TextBefore = first.TextBefore };
    }

    public static string TextOf(JobEvent piece) => piece.Data.GetProperty("text").GetString()!;
}
