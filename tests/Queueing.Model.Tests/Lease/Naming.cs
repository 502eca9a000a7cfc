namespace Queueing.Model.Tests.Lease;

/// <summary>
/// Picks one state among those that differ only in which worker, job, slot or session is which. Sessions are numbered by
/// their first mention, and a row that nobody mentions is left out: what becomes of it changes nothing.
/// </summary>
internal static class Naming
{
    public static State Canonical(in State state, Scope scope)
    {
        var ordered = state;
        var comparison = scope.Jobs > 1 ? Compare(Nameless(state.Jobs[1]), Nameless(state.Jobs[0])) : 1;
        if (comparison < 0)
        {
            SwapJobs(ref ordered);
        }

        var canonical = WithWorkersOrdered(ordered, scope);
        if (comparison == 0)
        {
            SwapJobs(ref ordered);
            canonical = Least(canonical, WithWorkersOrdered(ordered, scope));
        }

        return canonical;
    }

    /// <returns>A number that no session has that anything mentions.</returns>
    public static byte NewSession(in State state, Scope scope)
    {
        Span<byte> names = stackalloc byte[Sessions.Capacity];
        NameSessions(in state, scope, names);
        byte session = 1;
        while (names[session] != 0 || state.Alive[session])
        {
            session++;
        }

        return session;
    }

    public static bool IsMentioned(in State state, byte session, Scope scope)
    {
        Span<byte> names = stackalloc byte[Sessions.Capacity];
        NameSessions(in state, scope, names);
        return names[session] != 0;
    }

    private static void SwapWorkers(ref State state) =>
        (state.Workers[0], state.Workers[1]) = (state.Workers[1], state.Workers[0]);

    private static void SwapJobs(ref State state)
    {
        (state.Jobs[0], state.Jobs[1]) = (state.Jobs[1], state.Jobs[0]);
        for (var worker = 0; worker < Workers.Capacity; worker++)
        {
            for (var slot = 0; slot < Runs.Capacity; slot++)
            {
                Swap(ref state.Workers[worker].Runs[slot]);
            }
        }

        Swap(ref state.Late.Run);
        state.Late.Spared = (byte)((state.Late.Spared << 4) | (state.Late.Spared >> 4));

        static void Swap(ref Run run) => run.Job = (byte)(run.Job == 0 ? 0 : 3 - run.Job);
    }

    private static State WithWorkersOrdered(State state, Scope scope)
    {
        for (var worker = 0; worker < scope.Workers && scope.Slots > 1; worker++)
        {
            ref var runs = ref state.Workers[worker].Runs;
            if (Compare(Nameless(runs[1]), Nameless(runs[0])) < 0)
            {
                (runs[0], runs[1]) = (runs[1], runs[0]);
            }
        }

        var comparison = scope.Workers > 1 ? Compare(Nameless(state.Workers[1]), Nameless(state.Workers[0])) : 1;
        if (comparison < 0)
        {
            SwapWorkers(ref state);
        }

        var named = WithSessionsNamed(in state, scope);
        if (comparison == 0)
        {
            SwapWorkers(ref state);
            named = Least(named, WithSessionsNamed(in state, scope));
        }

        return named;
    }

    private static State WithSessionsNamed(in State state, Scope scope)
    {
        Span<byte> names = stackalloc byte[Sessions.Capacity];
        NameSessions(in state, scope, names);
        var named = state;
        named.Alive = default;
        for (var session = 1; session < Sessions.Capacity; session++)
        {
            named.Alive[names[session]] |= state.Alive[session] && names[session] != 0;
        }

        for (var worker = 0; worker < scope.Workers; worker++)
        {
            named.Workers[worker].Session = names[named.Workers[worker].Session];
            for (var slot = 0; slot < scope.Slots; slot++)
            {
                named.Workers[worker].Runs[slot].Session = names[named.Workers[worker].Runs[slot].Session];
            }
        }

        for (var job = 0; job < scope.Jobs; job++)
        {
            named.Jobs[job].Holder = names[named.Jobs[job].Holder];
        }

        named.Late.Run.Session = names[named.Late.Run.Session];
        return named;
    }

    private static void NameSessions(in State state, Scope scope, Span<byte> names)
    {
        byte last = 0;
        for (var worker = 0; worker < scope.Workers; worker++)
        {
            Name(names, state.Workers[worker].Session, ref last);
        }

        for (var job = 0; job < scope.Jobs; job++)
        {
            Name(names, state.Jobs[job].Holder, ref last);
        }

        for (var worker = 0; worker < scope.Workers; worker++)
        {
            for (var slot = 0; slot < scope.Slots; slot++)
            {
                Name(names, state.Workers[worker].Runs[slot].Session, ref last);
            }
        }

        Name(names, state.Late.Run.Session, ref last);

        static void Name(Span<byte> names, byte session, ref byte last)
        {
            if (session != 0 && names[session] == 0)
            {
                names[session] = ++last;
            }
        }
    }

    private static Job Nameless(Job job) => job with { Holder = Presence(job.Holder) };

    private static Run Nameless(Run run) => run with { Session = 0 };

    private static Worker Nameless(Worker worker)
    {
        worker.Session = Presence(worker.Session);
        worker.Runs[0] = Nameless(worker.Runs[0]);
        worker.Runs[1] = Nameless(worker.Runs[1]);
        return worker;
    }

    private static byte Presence(byte session) => session == 0 ? (byte)0 : (byte)1;

    private static State Least(State a, State b) => Compare(in a, in b) <= 0 ? a : b;

    private static int Compare<T>(in T a, in T b)
        where T : unmanaged => State.Bytes(in a).SequenceCompareTo(State.Bytes(in b));
}
