using Queueing.History.Tests.Checking;
using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests;

/// <summary>The checker finds what a worker does to a job that it holds no more.</summary>
public sealed class StaleAttemptTests
{
    private readonly SampleHistory history = new();

    [Fact]
    public void The_result_of_a_lost_attempt_is_found()
    {
        history.Outcomes[0] = history.Outcomes[0] with { Result = new(1, SampleHistory.FirstProcess) };
        Assert.Equal([nameof(StaleAttemptsEndNothing)], history.Broken());
    }

    [Fact]
    public void The_outcome_of_an_overtaken_attempt_is_found()
    {
        history.Outcomes[0] = history.Outcomes[0] with { Attempt = 1, Result = new(1, SampleHistory.FirstProcess) };
        history.Moves[^1] = history.Moves[^1] with { Attempt = 1, SessionId = history.FirstSession };
        Assert.Equal([nameof(StaleAttemptsEndNothing), nameof(AttemptsComeFromClaims)], history.Broken());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_attempt_that_was_called_off_counts_unless_it_was_never_begun(bool wasBegun)
    {
        history.EndAs(JobState.Cancelled, error: null);
        history.Outcomes[0] = history.Outcomes[0] with { Attempt = 1 };
        history.Begun[1] = history.Begun[1] with { BeganAt = SampleHistory.At(61) };
        if (!wasBegun)
        {
            history.Begun.RemoveAt(1);
        }

        Assert.Equal(wasBegun, history.Broken().Contains(nameof(StaleAttemptsEndNothing)));
    }

    [Fact]
    public void A_completion_of_a_job_that_nobody_held_is_found()
    {
        history.Moves.RemoveAt(5); // The second claim.
        history.Moves[^1] = history.Moves[^1] with { SessionId = null };
        Assert.Contains(nameof(StaleAttemptsEndNothing), history.Broken());
    }

    [Fact]
    public void A_completion_without_a_run_is_found()
    {
        history.Begun.RemoveAt(1);
        Assert.Contains(nameof(StaleAttemptsEndNothing), history.Broken());
    }

    [Fact]
    public void A_run_without_a_claim_is_found()
    {
        history.Begun.Add(history.Begun[1] with { BeganAt = SampleHistory.At(70), EndedAt = SampleHistory.At(80) });
        Assert.Equal([nameof(AttemptsComeFromClaims)], history.Broken());
    }

    [Fact]
    public void An_attempt_that_runs_twice_at_once_is_found()
    {
        history.Moves.InsertRange(6, [history.Job(61, MoveKind.HandedBack, 1, history.SecondSession), history.Job(62, MoveKind.Claimed, 2, history.SecondSession)]);
        history.Moves[^1] = history.Moves[^1] with { Id = 63 };
        history.Begun.Add(history.Begun[1] with { BeganAt = SampleHistory.At(54), EndedAt = SampleHistory.At(58) });
        Assert.Equal([nameof(AttemptsComeFromClaims)], history.Broken());
    }

    [Fact]
    public void A_job_taken_from_a_living_session_is_found()
    {
        history.Moves.RemoveAt(3); // The first session's end.
        Assert.Equal([nameof(LivingSessionsKeepTheirJobs)], history.Broken());
    }

    [Fact]
    public void A_job_that_changed_hands_without_waiting_is_found()
    {
        history.Moves[4] = history.Moves[4] with { Kind = MoveKind.Stolen };
        Assert.Equal([nameof(LivingSessionsKeepTheirJobs)], history.Broken());
    }

    [Fact]
    public void More_running_jobs_than_the_cap_allows_are_found()
    {
        var capped = new SampleHistory(queue: HistoryJobs.CappedQueue);
        for (var i = 0; i < HistoryJobs.MaxRunningPerOwner; i++)
        {
            capped.Moves.Insert(6, capped.Job(6, MoveKind.Claimed, 1, capped.SecondSession, Guid.NewGuid()));
        }

        Assert.Equal([nameof(CapsHold)], capped.Broken());
    }
}
