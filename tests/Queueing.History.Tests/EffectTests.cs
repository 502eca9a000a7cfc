using Queueing.History.Tests.Checking;
using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests;

/// <summary>The checker finds effects and follow-ups that don't belong to an outcome.</summary>
public sealed class EffectTests
{
    private readonly SampleHistory history = new(Script.Effect);

    public EffectTests()
    {
        history.Effects.Add(new(history.JobId, 2));
        history.AddFollowUp();
    }

    [Fact]
    public void A_right_history_passes() => Assert.Empty(history.Broken());

    [Fact]
    public void A_double_effect_is_found()
    {
        history.Effects.Add(history.Effects[0]);
        Assert.Equal([nameof(EffectsBelongToOutcomes)], history.Broken());
    }

    [Fact]
    public void A_lost_effect_is_found()
    {
        history.Effects.Clear();
        Assert.Equal([nameof(EffectsBelongToOutcomes)], history.Broken());
    }

    [Fact]
    public void The_effect_of_another_attempt_is_found()
    {
        history.Effects[0] = history.Effects[0] with { Attempt = 1 };
        Assert.Equal([nameof(EffectsBelongToOutcomes)], history.Broken());
    }

    [Fact]
    public void The_effect_of_a_job_that_has_none_is_found()
    {
        var quick = new SampleHistory();
        quick.Effects.Add(new(quick.JobId, 2));
        Assert.Equal([nameof(EffectsBelongToOutcomes)], quick.Broken());
    }

    [Fact]
    public void The_effect_and_the_follow_up_of_a_job_that_failed_are_found()
    {
        history.EndAs(JobState.Failed, "poison");
        history.Counts[0] = history.Counts[0] with { Completed = 1 };
        history.Moves[6] = history.Moves[6] with { SessionId = history.FirstSession }; // It ended by a rescue.
        Assert.Equal([nameof(EffectsBelongToOutcomes), nameof(FollowUpsComeOnce)], history.Broken());
    }

    [Fact]
    public void A_lost_follow_up_is_found()
    {
        var lonely = new SampleHistory(Script.Effect);
        lonely.Effects.Add(new(lonely.JobId, 2));
        Assert.Equal([nameof(FollowUpsComeOnce)], lonely.Broken());
    }

    [Fact]
    public void A_double_follow_up_is_found()
    {
        history.Jobs.Add(history.Jobs[1] with { Id = Guid.NewGuid() });
        Assert.Contains(nameof(FollowUpsComeOnce), history.Broken());
    }

    [Fact]
    public void A_retried_attempt_has_its_own_effect()
    {
        var later = new SampleHistory(Script.LaterEffect);
        later.Failures.Add(new(later.JobId, 1, Play.LaterError));
        Assert.Equal([nameof(EffectsBelongToOutcomes)], later.Broken());
        later.Effects.Add(new(later.JobId, 1));
        Assert.Empty(later.Broken());
    }
}
