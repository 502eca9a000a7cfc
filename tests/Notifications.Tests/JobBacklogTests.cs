using System.Text.Json;
using Notifications.Streams;
using Queueing;

namespace Notifications.Tests;

public sealed class JobBacklogTests
{
    [Fact]
    public void A_new_listener_of_a_running_job_without_a_log_begins_at_the_snapshot() =>
        AssertTold("connected#3", StatusAt(3), logged: [], lastEventId: null, position: 3);

    [Fact]
    public void A_new_listener_of_a_finished_job_without_a_log_is_told_the_end() =>
        AssertTold("connected#4 completed#5", StatusAt(5, final: true), logged: [], lastEventId: null, position: 5);

    [Fact]
    public void The_snapshot_of_a_new_listener_stands_before_the_past_that_follows_it() =>
        AssertTold("connected#1 e#2 e#3", StatusAt(3), logged: [2, 3], lastEventId: null, position: 3);

    [Fact]
    public void Events_newer_than_the_snapshot_are_left_to_the_live_ones() =>
        AssertTold("connected#1 e#2", StatusAt(2), logged: [2, 3], lastEventId: null, position: 2);

    [Fact]
    public void One_that_comes_back_up_to_date_is_told_nothing() =>
        AssertTold("", StatusAt(3), logged: [2, 3], lastEventId: 3, position: 3);

    [Fact]
    public void One_that_comes_back_is_told_what_it_missed() =>
        AssertTold("e#3 e#4", StatusAt(4), logged: [2, 3, 4], lastEventId: 2, position: 4);

    [Fact]
    public void A_missed_end_alone_needs_no_log() =>
        AssertTold("completed#5", StatusAt(5, final: true), logged: [], lastEventId: 4, position: 5);

    [Fact]
    public void A_hole_in_the_log_is_a_gap() =>
        AssertTold("gap#5 connected#5", StatusAt(5), logged: [3, 5], lastEventId: 2, position: 5);

    [Fact]
    public void A_log_that_does_not_reach_back_is_a_gap() =>
        AssertTold("gap#5 connected#5", StatusAt(5), logged: [5], lastEventId: 2, position: 5);

    private static void AssertTold(string expected, JobStatus status, long[] logged, long? lastEventId, long position)
    {
        var backlog = JobBacklog.Compose(status, [.. logged.Select(Logged)], lastEventId);

        Assert.Equal(expected, string.Join(' ', backlog.Events.Select(told => $"{told.Name}#{told.Seq}")));
        Assert.Equal(position, backlog.Position);
        Assert.Equal(status.IsFinal, backlog.IsFinal);
    }

    private static JobEvent Logged(long seq) => new(Guid.Empty, "test", seq, "e", JsonElement.Parse("{}"), null);

    private static JobStatus StatusAt(long seq, bool final = false) => new(
        Guid.Empty, "type", "queue", final ? JobState.Completed : JobState.Active, 0, 1, 3, 5, default, default, null, null, null, null, null)
    {
        Owner = "test",
        Seq = seq,
    };
}
