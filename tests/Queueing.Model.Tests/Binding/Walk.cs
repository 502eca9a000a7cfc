using Queueing.Model.Tests.Lease;
using Queueing.Store;

namespace Queueing.Model.Tests.Binding;

/// <summary>One way through the model, gone by the real statements too: after each step both must be in the same state.</summary>
internal sealed class Walk(RealStore store, LeaseModel model, Scope scope)
{
    private readonly Dictionary<byte, Guid> sessions = [];
    private readonly Dictionary<(int Worker, int Slot), ClaimedJob> runs = [];
    private readonly List<Step> told = [];
    private Guid[] jobs = [];

    /// <param name="choose">Of the steps that can be taken, the next; null ends the walk.</param>
    public async Task<List<Step>> GoAsync(Func<State, List<(Step Step, State After)>, (Step Step, State After)?> choose)
    {
        jobs = await store.BeginAsync();
        var state = model.Initial;
        var steps = new List<(Step Step, State After)>();
        while (true)
        {
            await AssertSameAsync(state);
            steps.Clear();
            model.AddSteps(in state, steps);
            if (choose(state, steps) is not var (step, after))
            {
                return told;
            }

            if (step.Kind == StepKind.Rescue)
            {
                after = WithOthersRescued(after);
            }

            told.Add(step);
            await DoAsync(step, state, after);
            state = WithoutForgotten(after);
        }
    }

    // The statement takes all orphans at once.
    private State WithOthersRescued(State state)
    {
        var steps = new List<(Step Step, State After)>();
        while (true)
        {
            steps.Clear();
            model.AddSteps(in state, steps);
            var rescue = steps.FindIndex(next => next.Step.Kind == StepKind.Rescue);
            if (rescue < 0)
            {
                return state;
            }

            state = steps[rescue].After;
        }
    }

    private async Task DoAsync(Step step, State before, State after)
    {
        var session = step.Worker < 0 ? (byte)step.Session : before.Workers[step.Worker].Session;
        switch (step.Kind)
        {
            case StepKind.Open:
                await store.OpenAsync(sessions[after.Workers[step.Worker].Session] = Guid.CreateVersion7());
                break;
            case StepKind.Beat:
                Assert.Null(await store.ClaimAsync(sessions[session], job: 0));
                Assert.False(await store.TryBeatAsync(sessions[session]));
                break;
            case StepKind.Lapse:
                await store.LapseAsync(sessions[session]);
                break;
            case StepKind.Close when session != 0:
                await store.CloseAsync(sessions[session]);
                break;
            case StepKind.Rescue:
                await store.RescueAsync(scope.PoisonLimit);
                break;
            case StepKind.Cancel:
                Assert.Equal(before.Jobs[step.Job].Waits ? CancelAnswer.Cancelled : CancelAnswer.Asked, await store.CancelAsync(jobs[step.Job]));
                break;
            case StepKind.Claim:
                await ClaimAsync(step, before, after);
                break;
            case StepKind.ReleaseHeld:
                await store.ReleaseHeldAsync(sessions[session], runs.Where(run => run.Key.Worker == step.Worker).Select(run => run.Value));
                break;
            case StepKind.Complete or StepKind.Retry or StepKind.Fail or StepKind.HandBack or StepKind.CallOff:
                Assert.Equal(Change.IsWritten(step, in before, in after), await store.WriteAsync(step.Kind, runs[(step.Worker, step.Run)]));
                break;
            default:
                break; // The database has no part in it.
        }

        foreach (var run in runs.Keys.Where(run => after.Workers[run.Worker].Runs[run.Slot].Job == 0).ToList())
        {
            runs.Remove(run);
        }
    }

    private async Task ClaimAsync(Step step, State before, State after)
    {
        var claimed = await store.ClaimAsync(sessions[before.Workers[step.Worker].Session], step.Job);
        Assert.Equal((jobs[step.Job], (int)after.Jobs[step.Job].Attempt), (claimed?.Id, (int?)claimed?.Attempt));
        for (var slot = 0; slot < scope.Slots; slot++)
        {
            if (before.Workers[step.Worker].Runs[slot].Job == 0 && after.Workers[step.Worker].Runs[slot].Job != 0)
            {
                runs[(step.Worker, slot)] = claimed!;
            }
        }
    }

    // A number that nothing mentions any more may become another session's.
    private State WithoutForgotten(State state)
    {
        foreach (var session in sessions.Keys.Where(session => !Naming.IsMentioned(in state, session, scope)).ToList())
        {
            state.Alive[session] = false;
            sessions.Remove(session);
        }

        return state;
    }

    private async Task AssertSameAsync(State state)
    {
        for (var job = 0; job < scope.Jobs; job++)
        {
            var row = state.Jobs[job];
            Guid? holder = row.Holder == 0 ? null : sessions[row.Holder];
            var expected = new RealJob(
                row.Ready, holder, row.Attempt, row.Kills, row.CancelAsked, row.Outcome, row.OutcomeAttempt, row.Effects);
            var real = await store.ReadAsync(jobs[job]);
            Assert.True(expected == real, $"Job {job + 1}: the model has {expected}, the database {real}, after:\n{string.Join('\n', told)}");
        }
    }
}
