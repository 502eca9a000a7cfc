namespace Providers.Guard.Throttling;

/// <summary>
/// What this process knows of one provider's limits: its own calls of the last window, what of them the shared log has, what
/// the fleet did when it last heard, and whether it has to keep to its share.
/// </summary>
internal sealed class CallBook(ThrottleOptions limits, ProcessClock clock)
{
    // A server that keeps its data on the disk, or is replaced by its copy, may come back without the last of it.
    private const long Unsaved = 2000;
    private const int MostEnded = 1000;

    private readonly Lock gate = new();
    private readonly ThrottleTiming timing = limits.Timing;
    private readonly Queue<OwnCall> calls = new();
    private readonly HashSet<string> running = [];
    private readonly HashSet<string> ended = [];
    private readonly FleetPast past = new(limits.Timing);
    private readonly ReturnTimes returns = new(limits);
    private long lastNumber;
    private long lastAt;
    private double held;
    private Share? share;

    /// <summary>The shared log as this process knows it; null before the first contact.</summary>
    public string? LogId { get; private set; }

    /// <summary>Redis doesn't answer.</summary>
    public bool IsAway { get; private set; }

    /// <summary>This process keeps to its share, whatever Redis says.</summary>
    public bool KeepsToShare
    {
        get
        {
            lock (gate)
            {
                return CurrentShare is not null;
            }
        }
    }

    /// <summary>How many calls the fleet made in the last window, as far as this process has heard.</summary>
    public long Seen
    {
        get
        {
            lock (gate)
            {
                return past.Requests;
            }
        }
    }

    /// <summary>How fast slots come free, as far as this process knows: milliseconds from one to the next.</summary>
    public double SlotPace
    {
        get
        {
            lock (gate)
            {
                return held / (limits.MaxConcurrent ?? 1);
            }
        }
    }

    private Share? CurrentShare => share is { } rule && rule.Until > clock.Now ? rule : share = null;

    /// <summary>Books a call by the share rule.</summary>
    /// <returns>Null when that rule doesn't hold now.</returns>
    public Booking? TryBookShare(long tokens, long longest, bool isLast, string lease, FleetSize fleetSize)
    {
        lock (gate)
        {
            if (CurrentShare is not { } rule)
            {
                return null;
            }

            // A process that has just started can't say how large its share is. While Redis answers, the log keeps the limit anyway.
            var known = fleetSize();
            if (known is null && IsAway)
            {
                return new Booking.Refused(ThrottleLimit.Requests, returns.Next(clock.Now, clock.Now + timing.UntilFleetIsKnown, pace: 0));
            }

            var (now, fleet) = (clock.Now, Math.Max(1, known ?? 1));
            Trim(now);
            if (!rule.HasSlot(running.Count, fleet))
            {
                return isLast ? new Booking.Refused(ThrottleLimit.Concurrency, returns.Next(now, now + longest, held * fleet / limits.MaxConcurrent!.Value)) : new Booking.NoSlot();
            }

            var (at, limit) = rule.Find(Math.Max(now, lastAt), tokens, fleet, calls);
            if (at - now > longest)
            {
                // What is larger than the share has to wait until Redis is back; a window is as good a time as any.
                var earliest = at == Share.Never ? now + timing.Span : at;
                return new Booking.Refused(limit, returns.Next(now, earliest, returns.PaceOf(tokens) * fleet));
            }

            running.Add(lease);
            var call = Add(at, tokens);

            // Redis is asked to book it next: a beat that told of it meanwhile would book it twice.
            call.BeingTold = !IsAway;
            return new Booking.Made(call, now, at - now);
        }
    }

    /// <summary>Writes down what the shared log booked.</summary>
    /// <param name="planned">The call, if the share rule booked it before.</param>
    /// <param name="logId">The log that booked it.</param>
    /// <param name="lease">Its slot.</param>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="since">When it was asked for.</param>
    /// <param name="answer">What Redis said.</param>
    public Booking.Made Confirm(OwnCall? planned, string? logId, string lease, long tokens, long since, ReserveAnswer answer)
    {
        lock (gate)
        {
            var now = clock.Now;
            Trim(now);
            var call = planned ?? Add(now + answer.Wait, tokens);
            (call.At, call.Slice, call.ToldRequests, call.ToldTokens, call.BeingTold) = (now + answer.Wait, answer.Slice, 1, tokens, false);
            if (logId != LogId)
            {
                call.Forget();
            }

            past.Booked(new(call.At, answer.Requests, answer.Tokens), lastNumber, now);
            lastAt = Math.Max(lastAt, call.At);
            running.Add(lease);
            return new(call, since, answer.Wait);
        }
    }

    /// <summary>Takes back what the share rule booked and Redis didn't. Whether Redis booked it after all may be unknown.</summary>
    public void Withdraw(OwnCall? planned, string lease, bool inDoubt)
    {
        lock (gate)
        {
            if (planned is not null)
            {
                (planned.Requests, planned.Tokens, planned.BeingTold) = (0, 0, false);
            }

            running.Remove(lease);
            if (inDoubt)
            {
                FreeSlot(lease);
            }
        }
    }

    /// <summary>Ends a call: its slot is free, and its tokens are what it took.</summary>
    public void End(OwnCall call, string lease, long? usedTokens, bool nothingSent, long heldFor)
    {
        lock (gate)
        {
            (call.Requests, call.Tokens) = nothingSent ? (0, 0) : (call.Requests, usedTokens ?? call.Tokens);
            running.Remove(lease);
            FreeSlot(lease);
            held = held == 0 ? heldFor : held + ((heldFor - held) / 8);
        }
    }

    /// <returns>False when it was known.</returns>
    public bool GoAway()
    {
        lock (gate)
        {
            if (IsAway)
            {
                return false;
            }

            IsAway = true;
            EnterShare(past.Unheard(calls, clock.Now)).Until = Share.Never;
            foreach (var call in calls.Where(call => call.At > clock.Now - Unsaved))
            {
                call.Forget();
            }

            return true;
        }
    }

    /// <summary>Collects what Redis is to be told: of one call, or of all.</summary>
    public Telling BeginTelling(FleetClock fleetClock, OwnCall? only = null)
    {
        lock (gate)
        {
            // Before the log is known, or known again, there is no telling in which of its slices a call lies.
            IEnumerable<OwnCall> asked = LogId is null || IsAway ? [] : only is null ? calls : [only];
            var untold = asked.Where(call => !call.IsTold && !call.BeingTold)
                .Select(call =>
                {
                    call.BeingTold = true;
                    call.Slice = call.ToldRequests > 0 ? call.Slice : fleetClock.SliceOf(call.At);
                    return new LogChange(call, call.Slice, call.Requests - call.ToldRequests, call.Tokens - call.ToldTokens);
                }).ToList();
            var over = ended.ToList();
            ended.Clear();
            return new(LogId, untold, [.. running], over, lastNumber);
        }
    }

    /// <summary>Redis may or may not have heard it: where that matters, it is taken to have counted more rather than less.</summary>
    public void Lost(Telling telling)
    {
        lock (gate)
        {
            foreach (var change in telling.Changes)
            {
                change.Call.BeingTold = false;
                change.Call.ToldRequests += Math.Min(0, change.Requests);
                change.Call.ToldTokens += Math.Min(0, change.Tokens);
            }

            foreach (var lease in telling.Ended)
            {
                FreeSlot(lease);
            }
        }
    }

    /// <summary>Takes in what Redis answered.</summary>
    /// <returns>True when Redis was away, or has a log that this process didn't know: the calls of this process have to be told.</returns>
    public bool Heard(Telling telling, TellAnswer answer)
    {
        lock (gate)
        {
            var now = clock.Now;
            foreach (var change in telling.Changes)
            {
                change.Call.BeingTold = false;
                if (answer.Applied && answer.LogId == LogId)
                {
                    change.Call.ToldRequests += change.Requests;
                    change.Call.ToldTokens += change.Tokens;
                }
            }

            // What ended meanwhile may have been told before this, and was then taken up anew.
            foreach (var lease in telling.Running.Where(lease => !running.Contains(lease)))
            {
                FreeSlot(lease);
            }

            var (wasAway, isNew) = (IsAway, answer.LogId != LogId);
            (IsAway, LogId) = (false, answer.LogId);
            if (isNew)
            {
                foreach (var call in calls)
                {
                    call.Forget();
                }
            }

            // A new log lacks what others did before it until they have told it, and what those did who never will.
            var until = isNew && answer.Age < timing.Span ? now + timing.Span - answer.Age : 0;
            until = wasAway ? Math.Max(until, now + (long)timing.Settling.TotalMilliseconds) : until;
            if (until > 0)
            {
                var rule = EnterShare();
                rule.Until = wasAway || rule.Until == Share.Never ? until : Math.Max(until, rule.Until);
            }

            if (CurrentShare is null && answer.Uses is { } uses)
            {
                past.Heard(uses, telling.LastNumber, now);
            }

            return wasAway || isNew;
        }
    }

    private Share EnterShare(FleetUse unheard = default) => CurrentShare ?? (share = new(limits, [.. past.Sum(calls), unheard], lastNumber));

    // A lease that isn't renewed ends by itself: none has to be remembered through a long outage.
    private void FreeSlot(string lease)
    {
        if (limits.MaxConcurrent is not null && ended.Count < MostEnded)
        {
            ended.Add(lease);
        }
    }

    private OwnCall Add(long at, long tokens)
    {
        var call = new OwnCall(++lastNumber, at, tokens);
        calls.Enqueue(call);
        lastAt = Math.Max(lastAt, at);
        return call;
    }

    private void Trim(long now)
    {
        while (calls.TryPeek(out var oldest) && oldest.At + timing.Span <= now)
        {
            calls.Dequeue();
        }
    }
}
