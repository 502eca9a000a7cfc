using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests.Checking;

/// <summary>What handlers write with an outcome is there exactly when that outcome is, once.</summary>
internal static class EffectsBelongToOutcomes
{
    public static IEnumerable<string> Check(RunHistory history)
    {
        foreach (var job in history.Jobs)
        {
            int[] expected = [.. Expected(history, job).Order()];
            int[] found = [.. history.EffectsOf[job.Id].Select(effect => effect.Attempt).Order()];
            if (!expected.SequenceEqual(found))
            {
                yield return $"job {job.Id} ({job.Script}) has effects of attempts [{string.Join(", ", found)}] instead of [{string.Join(", ", expected)}]";
            }
        }

        foreach (var effect in history.Effects.Where(effect => !history.JobOf.ContainsKey(effect.JobId)))
        {
            yield return $"an effect is of no job: {effect.JobId}";
        }
    }

    private static IEnumerable<int> Expected(RunHistory history, JobRow job) => job.Script switch
    {
        Script.Effect or Script.BrokenEffect =>
            history.OutcomesOf[job.Id].Where(outcome => outcome.State == JobState.Completed).Select(outcome => outcome.Attempt),
        Script.LaterEffect => history.FailuresOf[job.Id].Where(failure => failure.Error == Play.LaterError).Select(failure => failure.Attempt),
        _ => [],
    };
}
