using System.Diagnostics;

namespace Queueing.Model.Tests.Lease;

/// <summary>The statements, each as atomic as its commit.</summary>
internal sealed class Transactions(Protocol protocol, Scope scope)
{
    public static void Claim(ref State state, int job, byte session)
    {
        state.Jobs[job].Attempt++;
        state.Jobs[job].Holder = session;
    }

    /// <summary>A write after a claim: nothing, unless the fence lets it through.</summary>
    public bool Write(ref State state, StepKind kind, Run run)
    {
        var job = run.Job - 1;
        if (kind == StepKind.Complete && !protocol.EffectJoinsOutcome)
        {
            state.Jobs[job].Effects++;
        }

        if (!Admits(in state.Jobs[job], kind, run))
        {
            return false;
        }

        switch (kind)
        {
            case StepKind.Complete:
                Complete(ref state, job);
                break;
            case StepKind.Retry:
                Return(ref state, job);
                break;
            case StepKind.HandBack:
                HandBack(ref state, job);
                break;
            case StepKind.Fail:
                Finish(ref state, job, Outcome.Failed);
                break;
            case StepKind.CallOff:
                Finish(ref state, job, Outcome.Cancelled);
                break;
            default:
                throw new UnreachableException();
        }

        return true;
    }

    /// <summary>One bit for each attempt of each job.</summary>
    public static int Spare(int job, int attempt) => 1 << ((4 * job) + attempt);

    public static int SpareEveryAttempt(int job) => 0b1111 << (4 * job);

    public void ReleaseHeld(ref State state, byte session, int spared)
    {
        for (var job = 0; job < scope.Jobs; job++)
        {
            var row = state.Jobs[job];
            if (!row.Ready || row.Holder != session || (spared & Spare(job, row.Attempt)) != 0)
            {
                continue;
            }

            if (row.CancelAsked && protocol.ReleaseMindsCancel)
            {
                state.Jobs[job].Attempt--; // It was not run.
                Finish(ref state, job, Outcome.Cancelled);
            }
            else
            {
                HandBack(ref state, job);
            }
        }
    }

    public void Rescue(ref State state, int job)
    {
        ref var row = ref state.Jobs[job];
        row.Kills++;
        if (row.CancelAsked && protocol.RescueMindsCancel)
        {
            Finish(ref state, job, Outcome.Cancelled);
        }
        else if (row.Kills >= scope.PoisonLimit && protocol.RescueMindsPoison)
        {
            Finish(ref state, job, Outcome.Poison);
        }
        else if (row.Attempt >= scope.MaxAttempts && protocol.RescueMindsAttempts)
        {
            Finish(ref state, job, Outcome.Failed);
        }
        else
        {
            Return(ref state, job);
        }
    }

    public static void Cancel(ref State state, int job, bool waits)
    {
        if (waits)
        {
            Finish(ref state, job, Outcome.Cancelled);
            state.Jobs[job].CancelPromised = true;
        }
        else
        {
            state.Jobs[job].CancelAsked = true;
        }
    }

    private bool Admits(in Job row, StepKind kind, Run run) =>
        row.Ready
        && row.Holder != 0
        && (row.Attempt == run.Attempt || !protocol.FencesByAttempt)
        && (row.Holder == run.Session || !protocol.FencesBySession)
        && (run.Holds || !protocol.FencesByClaim)
        && kind switch
        {
            StepKind.Retry => !row.CancelAsked || !protocol.RetryMindsCancel,
            StepKind.HandBack => !row.CancelAsked || !protocol.HandBackMindsCancel,
            StepKind.CallOff => row.CancelAsked || !protocol.CallOffChecksCancel,
            _ => true,
        };

    private void Complete(ref State state, int job)
    {
        for (var worker = 0; worker < Workers.Capacity; worker++)
        {
            for (var slot = 0; slot < Runs.Capacity; slot++)
            {
                ref var run = ref state.Workers[worker].Runs[slot];
                run.Recorded |= run.Job == job + 1 && run.Holds;
            }
        }

        if (protocol.EffectJoinsOutcome)
        {
            state.Jobs[job].Effects++;
        }

        Finish(ref state, job, Outcome.Completed);
    }

    private static void HandBack(ref State state, int job)
    {
        ref var row = ref state.Jobs[job];
        row.Given &= (byte)~(1 << row.Attempt);
        row.Attempt--;
        Return(ref state, job);
    }

    private static void Return(ref State state, int job)
    {
        state.Jobs[job].Holder = 0;
        EndHold(ref state, job);
    }

    private static void Finish(ref State state, int job, Outcome outcome)
    {
        ref var row = ref state.Jobs[job];
        row.Outcome = outcome;
        row.OutcomeAttempt = row.Attempt;
        row.Outcomes++;
        (row.Ready, row.Attempt, row.Kills, row.Holder, row.CancelAsked, row.Given) = (false, 0, 0, 0, false, 0);
        EndHold(ref state, job);
    }

    private static void EndHold(ref State state, int job)
    {
        for (var worker = 0; worker < Workers.Capacity; worker++)
        {
            for (var slot = 0; slot < Runs.Capacity; slot++)
            {
                ref var run = ref state.Workers[worker].Runs[slot];
                run.Holds &= run.Job != job + 1;
            }
        }

        state.Late.Run.Holds &= state.Late.Run.Job != job + 1;
    }
}
