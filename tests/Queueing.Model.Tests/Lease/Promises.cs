namespace Queueing.Model.Tests.Lease;

/// <summary>Says which promise, of those looked at, a step breaks.</summary>
internal sealed class Promises(Scope scope, Protocol protocol, Promise looked)
{
    private static readonly Promise[] Each = [.. Enum.GetValues<Promise>().Where(promise => int.IsPow2((int)promise))];

    public Promise? BrokenBy(in State before, Step step, in State after)
    {
        var broken = OfState(in after) | OfStep(in before, step, in after);
        if ((broken & looked) != 0)
        {
            foreach (var promise in Each)
            {
                if ((broken & looked & promise) != 0)
                {
                    return promise;
                }
            }
        }

        return null;
    }

    private Promise OfState(in State state)
    {
        var broken = Promise.None;
        for (var i = 0; i < scope.Jobs; i++)
        {
            ref readonly var job = ref state.Jobs[i];
            broken |= If(job.Outcomes > 1, Promise.AtMostOneOutcome)
                | If(job.Ready == (job.Outcome != Outcome.None), Promise.NoJobIsLost)
                | If(job.Attempt > scope.MaxAttempts || job.OutcomeAttempt > scope.MaxAttempts, Promise.AttemptsStayWithinTheLimit)
                | If(job.Effects != (job.Outcome == Outcome.Completed ? 1 : 0), Promise.EffectsAreRecordedOnceAndOnlyWithCompletion)
                | If(job.CancelPromised && job.Outcome != Outcome.Cancelled, Promise.CancelledJobsEndCancelled)
                | If(job.Waits && job.CancelAsked, Promise.CalledOffJobsDoNotWait)
                | If(job.Waits && job.Kills >= scope.PoisonLimit, Promise.PoisonEnds);
        }

        return broken;
    }

    private Promise OfStep(in State before, Step step, in State after)
    {
        var broken = Promise.None;
        for (var i = 0; i < scope.Jobs; i++)
        {
            var (was, now) = (before.Jobs[i].Holder, after.Jobs[i].Holder);
            broken |= If(now != was && now != 0 && !after.Alive[now], Promise.EndedSessionsGetNothing)
                | If(IsCancelledUnasked(in before.Jobs[i], step, in after.Jobs[i]), Promise.OnlyCalledOffJobsAreCancelled);
        }

        var kind = step.Kind == StepKind.LateArrival ? before.Late.Kind : step.Kind;
        return broken | kind switch
        {
            StepKind.Claim when step.Kind == kind && step.Answer == Answer.Arrives =>
                If((before.Jobs[step.Job].Given & (1 << after.Jobs[step.Job].Attempt)) != 0, Promise.AttemptsAreGivenOnce),
            StepKind.ReleaseHeld => If(RunLostItsJob(in before, in after), Promise.RunsKeepTheirJobs),
            StepKind.Rescue => If(before.Alive[before.Jobs[step.Job].Holder], Promise.LivingSessionsKeepTheirJobs),
            StepKind.Complete or StepKind.Retry or StepKind.Fail or StepKind.HandBack or StepKind.CallOff => OfWrite(in before, step, in after),
            _ => Promise.None,
        };
    }

    private Promise OfWrite(in State before, Step step, in State after)
    {
        var run = step.Kind == StepKind.LateArrival ? before.Late.Run : before.Workers[step.Worker].Runs[step.Run];
        ref readonly var row = ref before.Jobs[step.Job];
        var changed = !State.Bytes(in row).SequenceEqual(State.Bytes(in after.Jobs[step.Job]));

        // The second try finds nothing to write, so the worker asks how the job ended.
        var believes = row.Outcome == Outcome.Completed && (row.OutcomeAttempt == run.Attempt || !protocol.AsksForItsAttempt);
        return If(changed && !run.Holds, Promise.StaleWritesChangeNothing)
            | If(step.Kind == StepKind.Complete && run.Decided == StepKind.Complete && !changed && believes != run.Recorded,
                Promise.WorkersAreToldTheTruth);
    }

    private static bool IsCancelledUnasked(in Job before, Step step, in Job after) =>
        after.Outcome == Outcome.Cancelled && before.Outcome != Outcome.Cancelled && !before.CancelAsked && step.Kind != StepKind.Cancel;

    private bool RunLostItsJob(in State before, in State after)
    {
        for (var worker = 0; worker < scope.Workers; worker++)
        {
            for (var slot = 0; slot < scope.Slots; slot++)
            {
                if (before.Workers[worker].Runs[slot].Holds && !after.Workers[worker].Runs[slot].Holds)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static Promise If(bool broken, Promise promise) => broken ? promise : Promise.None;
}
