using System.Text.Json;
using Notifications.Streams;
using Queueing;

namespace Notifications.Tests;

public sealed class JobBacklogTests
{
    [Fact]
    public void A_new_listener_of_a_running_job_without_a_log_begins_at_the_snapshot() =>
        AssertTold("connected#3", StatusAt(3), log: "", last: null);

    [Fact]
    public void A_new_listener_of_a_finished_job_without_a_log_is_told_the_end() =>
        AssertTold("connected#4 completed#5", StatusAt(5, final: true), log: "", last: null);

    [Fact]
    public void The_snapshot_of_a_new_listener_stands_before_the_past_that_follows_it() =>
        AssertTold("connected#1 e#2 e#3", StatusAt(3), log: "2 3", last: null);

    [Fact]
    public void Events_newer_than_the_snapshot_are_left_to_the_live_ones() =>
        AssertTold("connected#1 e#2", StatusAt(2), log: "2 3", last: null);

    [Fact]
    public void A_new_listener_is_told_the_past_since_the_last_hole() =>
        AssertTold("connected#4 e#5 e#6", StatusAt(6), log: "2 3 5 6", last: null);

    [Fact]
    public void A_new_listener_is_not_told_the_end_of_an_earlier_life() =>
        AssertTold("connected#3 e#4 e#5", StatusAt(5), log: "2 failed#3 4 5", last: null);

    [Fact]
    public void One_that_comes_back_up_to_date_is_told_nothing() =>
        AssertTold("", StatusAt(3), log: "2 3", last: "3", position: "3");

    [Fact]
    public void One_that_comes_back_is_told_what_it_missed() =>
        AssertTold("e#3 e#4", StatusAt(4), log: "2 3 4", last: "2");

    [Fact]
    public void A_missed_end_alone_needs_no_log() =>
        AssertTold("completed#5", StatusAt(5, final: true), log: "", last: "4");

    [Fact]
    public void A_hole_in_the_log_is_a_gap() =>
        AssertTold("gap#5 connected#5", StatusAt(5), log: "3 5", last: "2");

    [Fact]
    public void A_log_that_does_not_reach_back_is_a_gap() =>
        AssertTold("gap#5 connected#5", StatusAt(5), log: "5", last: "2");

    [Fact]
    public void A_hole_before_the_end_is_a_gap() =>
        AssertTold("gap#5 connected#5 completed#6", StatusAt(6, final: true), log: "3", last: "2");

    [Fact]
    public void An_id_that_the_job_has_not_reached_is_a_gap() =>
        AssertTold("gap#3 connected#3", StatusAt(3), log: "2 3", last: "9");

    [Fact]
    public void Events_that_overtook_each_other_are_told_in_order_and_once() =>
        AssertTold("e#3 e#4 e#5", StatusAt(5), log: "2 4 3 5 4", last: "2");

    [Theory]
    [InlineData("2", "e#2.1 e#2.2 e#3 e#3.1")]
    [InlineData("2.1", "e#2.2 e#3 e#3.1")]
    [InlineData("2.2", "e#3 e#3.1")]
    [InlineData("3", "e#3.1")]
    public void Pieces_of_text_follow_the_change_before_them(string last, string told) =>
        AssertTold(told, StatusAt(3), log: "2 2.1 2.2 3 3.1", last);

    [Theory]
    [InlineData("2 2.2 2.3", "2")]
    [InlineData("2 2.1 2.3", "2.1")]
    [InlineData("2.3", "2.1")]
    public void A_missing_piece_is_a_gap_up_to_the_newest(string log, string last) =>
        AssertTold("gap#2.3 connected#2.3", StatusAt(2), log, last);

    [Fact]
    public void A_new_listener_of_a_text_whose_beginning_is_gone_is_told_of_the_gap() =>
        AssertTold("gap#2.6 connected#2.6 e#2.7 e#2.8", StatusAt(2), log: "2.7 2.8", last: null);

    private static void AssertTold(string expected, JobStatus status, string log, string? last, string? position = null)
    {
        var backlog = JobBacklog.Compose(status, log.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Logged), last is null ? null : IdOf(last));

        Assert.Equal(expected, string.Join(' ', backlog.Events.Select(told => $"{told.Name}#{EventId.Of(told)}")));
        Assert.Equal(position ?? expected.Split('#')[^1], backlog.Position.ToString());
        Assert.Equal(status.IsFinal, backlog.IsFinal);
    }

    private static JobEvent Logged(string text)
    {
        var (name, id) = text.Split('#') is [var given, var number] ? (given, IdOf(number)) : ("e", IdOf(text));
        return new(Guid.Empty, "test", id.Seq, name, JsonElement.Parse("{}"), null, id.Piece);
    }

    private static EventId IdOf(string text)
    {
        Assert.True(EventId.TryParse(text, out var id));
        return id;
    }

    private static JobStatus StatusAt(long seq, bool final = false) => new(
        Guid.Empty, "type", "queue", final ? JobState.Completed : JobState.Active, 0, 1, 3, 5, default, default, null, null, null, null, null)
    {
        Owner = "test",
        Seq = seq,
    };
}
