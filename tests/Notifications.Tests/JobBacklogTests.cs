using System.Text.Json;
using Notifications.Streams;
using Queueing;

namespace Notifications.Tests;

/// <summary>
/// What a client is told first. Told is written as name, id and, of text, the text: "connected#1 active#2 delta#2.3=abc".
/// </summary>
public sealed class JobBacklogTests
{
    private static readonly Past Waiting = new(1);
    private static readonly Past Running = new(2, "active#2", Claim: 2);
    private static readonly Past Reported = new(4, "active#2", Claim: 2, Progress: "3 4");
    private static readonly Past Done = new(5, "active#2 completed#5", Claim: 2, Progress: "3 4");
    private static readonly Past Writing = new(2, "active#2", Claim: 2, Text: "abcdef");
    private static readonly Past Again = new(4, "active#2 retrying#3 active#4", Claim: 4, Text: "abc");

    [Fact]
    public void A_new_client_of_a_job_that_waits_is_told_how_it_stands() => AssertTold("connected#1", Waiting, last: null);

    [Fact]
    public void A_new_client_is_told_the_attempt_from_its_beginning() => AssertTold("connected#1 active#2 progress#3 progress#4", Reported, last: null);

    [Fact]
    public void A_new_client_of_a_finished_job_is_told_the_end() => AssertTold("connected#1 active#2 progress#3 progress#4 completed#5", Done, last: null);

    [Fact]
    public void A_new_client_is_told_the_text_so_far() => AssertTold("connected#1 active#2 delta#2.6=abcdef", Writing, last: null);

    [Fact]
    public void A_new_client_is_told_of_the_newest_attempt_alone() => AssertTold("connected#3 active#4 delta#4.3=abc", Again, last: null);

    [Fact]
    public void A_new_client_of_a_job_that_waits_to_be_tried_again_is_told_how_it_stands() =>
        AssertTold("connected#3", new(3, "active#2 retrying#3"), last: null);

    [Fact]
    public void A_new_client_of_a_job_cancelled_before_it_ran_is_told_the_end() =>
        AssertTold("connected#1 cancelled#2", new(2, "cancelled#2"), last: null);

    [Fact]
    public void A_new_client_of_a_text_whose_beginning_is_gone_is_told_of_the_gap_and_the_rest() =>
        AssertTold("gap#2.6 connected#2.6 delta#2.9=ghi", Writing with { Text = "ghi", TextStart = 6 }, last: null);

    [Fact]
    public void A_new_client_of_a_finished_job_whose_text_is_gone_is_told_the_end_which_has_the_result() =>
        AssertTold("connected#2 completed#3", new(3, "active#2 completed#3", Claim: 2, TextLength: 6), last: null);

    [Fact]
    public void One_that_comes_back_up_to_date_is_told_nothing() => AssertTold("", Reported, last: "4", position: "4");

    [Theory]
    [InlineData("1", "active#2 progress#3 progress#4 completed#5")]
    [InlineData("2", "progress#3 progress#4 completed#5")]
    [InlineData("4", "completed#5")]
    public void One_that_comes_back_is_told_what_it_missed(string last, string told) => AssertTold(told, Done, last);

    [Fact]
    public void Without_Redis_states_are_told_from_the_database() =>
        AssertTold(
            "retrying#3 active#4 completed#7", new(7, "active#2 retrying#3 active#4 completed#7", Claim: 4), last: "2");

    [Fact]
    public void The_newest_progress_stands_for_what_is_lost() => AssertTold("progress#4", Reported with { Progress = "" }, last: "2");

    [Fact]
    public void Progress_that_Redis_did_not_get_is_told_from_the_status() => AssertTold("progress#3 progress#4", Reported with { Progress = "3" }, last: "2");

    [Fact]
    public void Progress_that_may_still_come_is_left_to_the_live_events() =>
        AssertTold("progress#3", Reported with { Progress = "3" }, last: "2", newestMayCome: true);

    [Fact]
    public void Progress_newer_than_the_status_is_left_to_the_live_events() => AssertTold("progress#3 progress#4", Reported with { Progress = "3 4 5" }, last: "2");

    [Theory]
    [InlineData("2", "delta#2.6=abcdef")]
    [InlineData("2.2", "delta#2.6=cdef")]
    public void One_that_comes_back_is_told_the_rest_of_the_text(string last, string told) => AssertTold(told, Writing, last);

    [Fact]
    public void One_that_has_the_whole_text_is_told_nothing() => AssertTold("", Writing, last: "2.6", position: "2.6");

    [Fact]
    public void Text_and_progress_keep_their_order() => AssertTold(
        "active#2 delta#2.2=ab progress#3.2 delta#3.4=cd progress#4.4 delta#4.6=ef",
        new(4, "active#2", Claim: 2, Progress: "3.2 4.4", Text: "abcdef"),
        last: "1");

    [Fact]
    public void Text_before_the_end_is_told_before_the_end() => AssertTold(
        "delta#2.6=bcdef completed#3", new(3, "active#2 completed#3", Claim: 2, Text: "abcdef", TextLength: 6), last: "2.1");

    [Theory]
    [InlineData(null, 0)] // Nothing is left.
    [InlineData("abc", 0)] // The end of it is lost.
    [InlineData("def", 3)] // Its beginning is.
    public void Text_that_is_lost_before_the_end_is_a_gap(string? text, int start) => AssertTold(
        "gap#2 connected#2 completed#3", new(3, "active#2 completed#3", Claim: 2, Text: text, TextStart: start, TextLength: 6), last: "2.1");

    [Fact]
    public void A_lost_piece_is_a_gap_and_what_is_left_of_the_text_follows() =>
        AssertTold("gap#2.6 connected#2.6 delta#2.9=ghi", Writing with { Text = "ghi", TextStart = 6 }, last: "2.2");

    [Fact]
    public void Text_of_an_attempt_that_came_to_nothing_is_not_told_to_the_end() =>
        AssertTold("retrying#3 active#4 delta#4.3=abc", Again, last: "2.5");

    [Fact]
    public void Text_of_an_earlier_attempt_is_no_part_of_the_newest() =>
        AssertTold("retrying#3 active#4", Again with { Text = "old", TextClaim = 2 }, last: "2.1");

    [Fact]
    public void An_id_that_the_job_has_not_reached_is_a_gap() => AssertTold("gap#4 connected#4", Reported, last: "9");

    [Fact]
    public void States_that_an_older_build_did_not_keep_are_a_gap() =>
        AssertTold("gap#4 connected#4 completed#5", Done with { IsWhole = false }, last: "2");

    [Fact]
    public void One_that_has_the_end_is_told_nothing_of_what_is_lost_before_it() =>
        AssertTold("", Done with { IsWhole = false }, last: "5", position: "5");

    [Fact]
    public void The_end_of_an_earlier_life_is_told_to_one_that_comes_back() =>
        AssertTold("failed#3 waiting#4 active#5", new(5, "active#2 failed#3 waiting#4 active#5", Claim: 5), last: "2");

    private static void AssertTold(string expected, Past past, string? last, string? position = null, bool newestMayCome = false)
    {
        var backlog = JobBacklog.Compose(past.History, past.Kept, last is null ? null : IdOf(last), newestMayCome);

        Assert.Equal(expected, string.Join(' ', backlog.Events.Select(Describe)));
        Assert.Equal(position ?? expected.Split('#')[^1].Split('=')[0], backlog.Position.ToString());
        Assert.Equal(past.History.Status.IsFinal, backlog.IsFinal);
    }

    private static string Describe(JobEvent told) =>
        $"{told.Name}#{EventId.Of(told)}" + (told.Name == JobEventName.Delta ? $"={told.Data.GetProperty("text").GetString()}" : "");

    private static EventId IdOf(string text)
    {
        Assert.True(EventId.TryParse(text, out var id));
        return id;
    }

    /// <summary>What the database and Redis have of a job.</summary>
    private sealed record Past(
        long Seq,
        string States = "",
        long? Claim = null,
        string Progress = "",
        string? Text = null,
        int TextStart = 0,
        long? TextClaim = null,
        int? TextLength = null,
        bool IsWhole = true)
    {
        public JobHistory History => new(Status, [.. Words(States).Select(State)], Claim, IsWhole);

        public KeptEvents Kept => new(
            [.. Words(Progress).Select(word => Event(JobEventName.Progress, IdOf(word)) with { TextBefore = IdOf(word).Offset })],
            Text is null ? null : new(TextClaim ?? Claim!.Value, TextStart, Text));

        private JobStatus Status => new(
            Guid.Empty, "type", "queue", StateNow, StateNow == JobState.Active && Seq > Claim ? 50 : 0, 1, 3, 5, default, default, null, null, null, null, null)
        {
            Owner = "test",
            Seq = Seq,
            TextLength = TextLength,
        };

        private string StateNow => Words(States).LastOrDefault() is not { } last ? JobState.Waiting
            : last.Split('#')[0] is var name && JobState.IsFinal(name) ? name
            : name == JobEventName.Active ? JobState.Active : JobState.Delayed;

        private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        private JobEvent State(string word)
        {
            var (name, id) = word.Split('#') is [var given, var number] ? (given, IdOf(number)) : throw new ArgumentException(word);
            return Event(name, id) with { TextBefore = JobState.IsFinal(name) ? TextLength : null };
        }

        private static JobEvent Event(string name, EventId id) =>
            new(Guid.Empty, "test", id.Seq, name, JsonElement.Parse("{}"), null, id.Offset);
    }
}
