using System.Text.Json;
using System.Text.Json.Nodes;

namespace AppHost.Tests;

/// <summary>A flashcard job on real text, through every service.</summary>
[Collection(nameof(Topology))] // One at a time: a test here kills parts of the topology that all share.
public sealed class FlashcardJourneyTests(Topology topology)
{
    [Fact]
    public async Task Posted_text_becomes_cards_from_it_and_the_events_tell_the_way()
    {
        var receipt = await topology.Api.PostFlashcardsAsync(JobClient.ReadmeRequest);
        var events = await topology.Api.FollowAsync(receipt.GetProperty("eventsUrl").GetString()!);

        // What happened before the client came may be in the snapshot alone.
        Assert.Equal(("connected", "completed"), (events[0].EventType, events[^1].EventType));
        var ids = events.Select(item => long.Parse(item.EventId!)).ToList();
        Assert.Equal(ids.Distinct().Order(), ids);

        var status = await topology.Api.StatusAsync(receipt.GetProperty("statusUrl").GetString()!);
        Assert.Equal("completed", status.GetProperty("status").GetString());
        var text = Words(JsonElement.Parse(JobClient.ReadmeRequest).GetProperty("content").GetString()!);
        var cards = status.GetProperty("result").GetProperty("flashcards").EnumerateArray().ToList();
        Assert.Equal(10, cards.Count);
        Assert.All(cards, card => Assert.Contains(Words(card.GetProperty("answer").GetString()!), text, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(
            JsonSerializer.Serialize(status.GetProperty("result")),
            JsonSerializer.Serialize(JsonElement.Parse(events[^1].Data).GetProperty("result")));
    }

    [Fact]
    public async Task Whoever_follows_a_job_after_its_end_is_told_the_whole_way()
    {
        // Of a topic that no other test asks for: cards that were made before are given at once, without the steps between.
        var request = JsonNode.Parse(JobClient.ReadmeRequest)!;
        request["topic"] = "Latecomers";
        var receipt = await topology.Api.PostFlashcardsAsync(request.ToJsonString());
        var eventsUrl = receipt.GetProperty("eventsUrl").GetString()!;
        await topology.Api.FollowAsync(eventsUrl);

        // The last events may still be on their way into the log.
        await Eventually.TrueAsync(async () =>
            string.Join(' ', (await topology.Api.FollowAsync(eventsUrl)).Select(item => item.EventType)) == "connected active progress progress completed");
    }

    [Fact]
    public async Task The_notification_service_can_be_asked_directly()
    {
        var receipt = await topology.Api.PostFlashcardsAsync(JobClient.ReadmeRequest);

        var events = await topology.ClientOf("notifications", "test").FollowAsync(receipt.GetProperty("eventsUrl").GetString()!);

        Assert.Equal("completed", events[^1].EventType);
    }

    [Fact]
    public async Task One_job_is_one_trace_from_the_request_to_the_event()
    {
        string[] way = ["POST /api/ai/generate-flashcards", "enqueue flashcard-generation", "claim flashcard-generation", "process generate-flashcards", "deliver completed"];

        // An end that is told from the job's row, because its event was still on its way, has no trace: then the next job has.
        var trace = await Eventually.NotNullAsync(async () =>
        {
            var receipt = await topology.Api.PostFlashcardsAsync(JobClient.ReadmeRequest);
            await topology.Api.FollowAsync(receipt.GetProperty("eventsUrl").GetString()!);
            return topology.Traces.Spans
                .GroupBy(span => span.TraceId)
                .FirstOrDefault(spans => way.All(name => spans.Any(span => span.Name == name)));
        });

        // Each step is the child of the one before it.
        var byName = trace.GroupBy(span => span.Name).ToDictionary(spans => spans.Key, spans => spans.First());
        foreach (var (step, next) in way.Zip(way.Skip(1)))
        {
            Assert.Equal(byName[step].SpanId, byName[next].ParentId);
        }
    }

    private static string Words(string text) => string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
}
