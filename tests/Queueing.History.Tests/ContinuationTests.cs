using Queueing.History.Tests.Checking;
using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests;

/// <summary>The checker finds continuations that don't belong to an end.</summary>
public sealed class ContinuationTests
{
    private readonly SampleHistory history = new(continued: true);

    public ContinuationTests() => history.AddFollowUp(HistoryJobs.ContinuationOf(history.JobId).Token);

    [Fact]
    public void A_right_history_passes() => Assert.Empty(history.Broken());

    [Fact]
    public void A_lost_continuation_is_found() => Assert.Equal([nameof(ContinuationsComeWithEnds)], new SampleHistory(continued: true).Broken());

    [Fact]
    public void A_second_continuation_is_found()
    {
        history.Jobs.Add(history.Jobs[1] with { Id = Guid.NewGuid() });
        Assert.Contains(nameof(ContinuationsComeWithEnds), history.Broken());
    }

    [Fact]
    public void A_continuation_of_a_job_that_was_sent_without_one_is_found()
    {
        var plain = new SampleHistory();
        plain.AddFollowUp(HistoryJobs.ContinuationOf(plain.JobId).Token);
        Assert.Equal([nameof(ContinuationsComeWithEnds)], plain.Broken());
    }

    [Fact]
    public void A_continuation_that_did_not_come_with_a_second_end_is_found()
    {
        history.Moves.AddRange(
        [
            history.Job(10, MoveKind.Redriven, 0, session: null),
            history.Job(11, MoveKind.Claimed, 2, history.SecondSession),
            history.Job(12, MoveKind.Ended, 2, history.SecondSession),
        ]);
        Assert.Contains(nameof(ContinuationsComeWithEnds), history.Broken());
    }
}
