using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Notifications.Streams;
using Queueing;

namespace Notifications.Tests;

/// <summary>All that one client of one job was told over its connections, and whether it was told right.</summary>
internal sealed class StreamRecord(Guid jobId)
{
    private readonly List<(string Name, EventId Id, JsonElement Data)> told = [];

    public Guid JobId => jobId;

    public string? LastId { get; private set; }

    public bool IsFinal => told is [.., var last] && JobState.IsFinal(last.Name);

    public int Gaps => told.Count(one => one.Name == "gap");

    public void Add(SseItem<string> item)
    {
        Assert.True(EventId.TryParse(item.EventId!, out var id), item.EventId);
        told.Add((item.EventType, id, EventStream.DataOf(item)));
        LastId = item.EventId;
    }

    /// <summary>Checks it against what the database knows in the end.</summary>
    public void Check(JobHistory history)
    {
        var what = $"{jobId}: {string.Join(' ', told.Select(one => $"{one.Name}#{one.Id}"))}";
        var events = told.Where(one => one.Name is not ("connected" or "gap")).ToList();
        Assert.True(events.Zip(events.Skip(1)).All(pair => pair.First.Id < pair.Second.Id), $"ids rise: {what}");
        Assert.True(events.Count(one => JobState.IsFinal(one.Name)) == 1 && IsFinal, $"one end: {what}");

        // Every change of state after the first snapshot was told, but for those that a gap's snapshot stands for.
        foreach (var state in history.States.Where(state => state.Seq > told[0].Id.Seq))
        {
            Assert.True(events.Exists(one => one.Name == state.Name && one.Id.Seq == state.Seq) || IsWithinGap(state.Seq), $"{state.Name}#{state.Seq} missing: {what}");
        }

        // One that came when all was over has the result, and perhaps no text any more.
        if (!JobState.IsFinal(told[0].Data.GetProperty("status").GetString()!))
        {
            CheckText(history.Status, what);
        }
    }

    private bool IsWithinGap(long seq) => told.Index().Any(one =>
        one.Item.Name == "gap" && one.Item.Id.Seq >= seq && told.Take(one.Index).LastOrDefault().Id.Seq < seq);

    // The pieces of the last attempt fit together, or a gap says that they don't.
    private void CheckText(JobStatus status, string what)
    {
        var length = 0;
        foreach (var (name, _, data) in told)
        {
            if (name == JobEventName.Active)
            {
                length = 0;
            }
            else if (name == JobEventName.Delta)
            {
                var offset = data.GetProperty("offset").GetInt32();
                Assert.True(offset == length || Gaps > 0, string.Create(CultureInfo.InvariantCulture, $"text from {offset} after {length}: {what}"));
                length = offset + data.GetProperty("text").GetString()!.Length;
            }
        }

        Assert.True(length == (status.TextLength ?? 0) || Gaps > 0, string.Create(CultureInfo.InvariantCulture, $"text of {length}, not {status.TextLength}: {what}"));
    }
}
