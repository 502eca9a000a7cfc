using Queueing.History.Tests.Checking;
using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests;

/// <summary>The checker finds what it is there to find: each test spoils a right history in one way.</summary>
public sealed class CheckerTests
{
    private readonly SampleHistory history = new();

    [Fact]
    public void A_right_history_passes() => Assert.Empty(history.Broken());

    [Fact]
    public void A_lost_job_is_found()
    {
        history.Jobs.Clear();
        history.Outcomes.Clear();
        history.Counts.Clear();
        Assert.Equal([nameof(AcceptedJobsEndOnce), nameof(NothingIsInvented)], history.Broken());
    }

    [Fact]
    public void A_job_without_an_end_is_found()
    {
        history.Outcomes.Clear();
        history.Ready.Add(new(history.JobId, history.Item.Queue, JobState.Active));
        Assert.Equal([nameof(AcceptedJobsEndOnce), nameof(CountersEqualAScan), nameof(NothingIsLeft)], history.Broken());
    }

    [Fact]
    public void A_second_outcome_is_found()
    {
        history.Outcomes.Add(history.Outcomes[0]);
        Assert.Contains(nameof(AcceptedJobsEndOnce), history.Broken());
    }

    [Fact]
    public void An_invented_job_is_found()
    {
        history.Calls.Clear();
        Assert.Equal([nameof(NothingIsInvented)], history.Broken());
    }

    [Fact]
    public void A_refused_job_that_exists_is_found()
    {
        history.Calls[0] = history.Calls[0] with { Answer = Answer.Refused, JobIds = [] };
        Assert.Equal([nameof(NothingIsInvented)], history.Broken());
    }

    [Fact]
    public void A_job_with_an_unknown_answer_may_exist_once()
    {
        history.Calls[0] = history.Calls[0] with { Answer = Answer.Unknown, JobIds = [] };
        Assert.Empty(history.Broken());
    }

    [Fact]
    public void A_second_job_for_one_key_is_found()
    {
        var keyed = new SampleHistory(keyed: true);
        keyed.Calls.Insert(0, keyed.Calls[0] with { Answer = Answer.Unknown, JobIds = [] });
        Assert.Empty(keyed.Broken());

        keyed.Jobs.Add(keyed.Jobs[0] with { Id = Guid.NewGuid() });
        Assert.Contains(nameof(NothingIsInvented), keyed.Broken());
    }

    [Fact]
    public void Two_ids_for_one_key_are_found()
    {
        var keyed = new SampleHistory(keyed: true);
        keyed.Calls.Add(keyed.Calls[0] with { JobIds = [Guid.NewGuid()] });
        Assert.Contains(nameof(NothingIsInvented), keyed.Broken());
    }

    [Fact]
    public void Half_a_batch_is_found()
    {
        history.Calls[0] = new(CallKind.Batch, [history.Item, history.Item with { Token = "p1.2" }], Answer.Unknown, []);
        Assert.Equal([nameof(CallsAreWholeOrNothing)], history.Broken());
    }

    [Fact]
    public void A_job_without_the_rest_of_its_senders_transaction_is_found()
    {
        history.Calls[0] = history.Calls[0] with { Kind = CallKind.Transaction };
        Assert.Equal([nameof(CallsAreWholeOrNothing)], history.Broken());
        history.Ledger.Add(history.Item.Token);
        Assert.Empty(history.Broken());
    }

    [Fact]
    public void An_attempt_past_the_limit_is_found()
    {
        history.Moves.Add(history.Job(8, MoveKind.Claimed, HistoryJobs.MaxAttempts + 1, history.SecondSession));
        Assert.Contains(nameof(AttemptsStayWithinTheLimit), history.Broken());
    }

    [Fact]
    public void A_cancelled_job_that_was_given_out_is_found()
    {
        history.EndAs(JobState.Cancelled, error: null);
        history.Cancels.Add(new(history.JobId, CancelAnswer.Cancelled, SampleHistory.At(55)));
        Assert.Equal([nameof(CancelledMeansCancelled)], history.Broken());
    }

    [Fact]
    public void A_cancelled_job_that_completed_is_found()
    {
        history.Cancels.Add(new(history.JobId, CancelAnswer.Cancelled, SampleHistory.At(65)));
        Assert.Equal([nameof(CancelledMeansCancelled)], history.Broken());
    }

    [Fact]
    public void A_job_called_ended_too_early_is_found()
    {
        history.Cancels.Add(new(history.JobId, CancelAnswer.NotPending, SampleHistory.At(45)));
        Assert.Equal([nameof(CancelledMeansCancelled)], history.Broken());
    }

    [Theory]
    [InlineData(JobState.Failed, "expired")]
    [InlineData(JobState.Failed, "worker-lost")]
    [InlineData(JobState.Failed, "InvalidOperationException")]
    [InlineData(JobState.Failed, "PostgresException")]
    [InlineData(JobState.Cancelled, null)]
    [InlineData(JobState.Cancelled, "discarded")]
    public void An_end_for_no_reason_is_found(string state, string? error)
    {
        history.EndAs(state, error);
        Assert.Contains(nameof(EndsHaveReasons), history.Broken());
    }

    [Fact]
    public void A_claim_of_a_paused_queue_is_found()
    {
        history.Pauses.Add(new(history.Item.Queue, SampleHistory.At(55), SampleHistory.At(65)));
        Assert.Equal([nameof(PausedQueuesGiveNothing)], history.Broken());
    }

    [Fact]
    public void Wrong_counters_are_found()
    {
        history.Counts[0] = history.Counts[0] with { Active = -1, Waiting = 1 };
        Assert.Equal([nameof(CountersEqualAScan)], history.Broken());
    }

    [Fact]
    public void A_worker_that_ended_by_itself_is_found()
    {
        history.Crashes.Add("w1 ended by itself with 134");
        Assert.Equal([nameof(WorkersDieByOurHandOnly)], history.Broken());
    }
}
