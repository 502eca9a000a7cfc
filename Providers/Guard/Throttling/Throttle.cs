using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Providers.Guard;
using Providers.Guard.Throttling;
using StackExchange.Redis;

namespace Providers;

/// <summary>Holds calls to one provider back so that the whole fleet stays within its limits.</summary>
public sealed partial class Throttle
{
    private const int MostTries = 4;
    private const int FirstPause = 40;
    private const int LongestPause = 400;

    private readonly ThrottleOptions limits;
    private readonly FleetSize fleetSize;
    private readonly ProcessClock clock;
    private readonly ILogger logger;
    private readonly CallBook book;
    private readonly FleetLog? log;
    private readonly Lock beatGate = new();
    private Task beat = Task.CompletedTask;

    internal Throttle(
        ProviderKey provider, ThrottleOptions limits, IConnectionMultiplexer? redis, FleetSize fleetSize, ProcessClock clock, ILogger logger)
    {
        (Provider, this.limits, this.fleetSize, this.clock, this.logger) = (provider, limits, fleetSize, clock, logger);
        book = new(limits, clock);
        log = redis is null ? null : new(redis, provider, limits, clock);
        if (log is null)
        {
            book.GoAway();
        }
    }

    /// <summary>The provider whose limits these are.</summary>
    public ProviderKey Provider { get; }

    /// <summary>Whether this process goes by its share of the limits now, because Redis is away or was lately.</summary>
    public bool KeepsToShare => book.KeepsToShare;

    /// <summary>It has told Redis all that Redis has to know of it.</summary>
    internal bool IsInStep => book is { IsAway: false, LogId: not null };

    /// <summary>How many calls the fleet made in the last window, as far as this process has heard.</summary>
    internal long Seen => book.Seen;

    /// <summary>Waits until a call fits within the limits.</summary>
    /// <param name="estimatedTokens">What the call is taken to need, read and written.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is booked then.</param>
    /// <exception cref="ThrottledException">It would take longer than <see cref="ThrottleOptions.LongestWait"/>.</exception>
    public async ValueTask<ThrottleLease> AcquireAsync(long estimatedTokens, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(estimatedTokens);
        var tokens = Math.Min(estimatedTokens, limits.TokensPerMinute ?? estimatedTokens);
        var lease = Guid.CreateVersion7().ToString("n");
        var (began, pause) = (clock.Now, FirstPause);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var left = Math.Max(0, (long)limits.LongestWait.TotalMilliseconds - (clock.Now - began));
            switch (await BookAsync(tokens, left, left <= pause, lease))
            {
                case Booking.Made made when await WaitAsync(made, lease, cancellationToken):
                    return Begin(made, lease, tokens, began);
                case Booking.Made:
                    break;
                case Booking.NoSlot:
                    // Nobody knows when a slot comes free. Of those who wait for one the first to ask gets it.
                    await clock.WaitAsync(TimeSpan.FromMilliseconds(Random.Shared.Next(pause / 2, pause)), cancellationToken);
                    pause = Math.Min(pause * 3 / 2, LongestPause);
                    break;
                case Booking.Refused refused:
                    throw Refuse(refused);
                default:
                    throw new UnreachableException();
            }
        }
    }

    /// <summary>Tells Redis what this process has running, and what it did while Redis was away or before Redis lost its log.</summary>
    internal Task BeatAsync()
    {
        if (log is null)
        {
            return Task.CompletedTask;
        }

        // One at a time: of the callers that find the log changed together one brings the rest up to date.
        lock (beatGate)
        {
            return beat.IsCompleted ? beat = TellAllAsync() : beat;
        }
    }

    /// <summary>What went to Redis may not have arrived.</summary>
    internal void Disconnected() => GoAway("disconnected");

    private async Task<Booking> BookAsync(long tokens, long longest, bool isLast, string lease)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (log is not null && book is { LogId: null, IsAway: false })
            {
                await CatchUpAsync();
            }

            var planned = book.TryBookShare(tokens, longest, isLast, lease, fleetSize);
            if (book.IsAway || log is null || planned is not (null or Booking.Made))
            {
                return planned ?? throw new UnreachableException();
            }

            if (await AskAsync(planned as Booking.Made, tokens, longest, isLast, lease) is { } booking)
            {
                return booking;
            }
        }

        // The log was lost and made anew again and again while this call was under way.
        return new Booking.Refused(ThrottleLimit.Requests, longest);
    }

    // Null: it has to be tried again, by what this process knows now.
    private async Task<Booking?> AskAsync(Booking.Made? planned, long tokens, long longest, bool isLast, string lease)
    {
        var (sentAt, logId) = (clock.Now, book.LogId!);
        ReserveAnswer answer;
        try
        {
            answer = await log!.ReserveAsync(logId, lease, tokens, longest, planned?.Wait ?? 0, isLast, book.SlotPace);
        }
        catch (Exception exception) when (RedisFailure.Is(exception))
        {
            book.Withdraw(planned?.Call, lease, inDoubt: true);
            GoAway(exception.Message);
            return null;
        }

        if (answer.Status == "booked")
        {
            return book.Confirm(planned?.Call, logId, lease, tokens, sentAt, answer);
        }

        book.Withdraw(planned?.Call, lease, inDoubt: false);
        switch (answer.Status)
        {
            case "slots":
                return isLast ? new Booking.Refused(ThrottleLimit.Concurrency, answer.Wait) : new Booking.NoSlot();
            case "requests":
                return new Booking.Refused(ThrottleLimit.Requests, answer.Wait);
            case "tokens":
                return new Booking.Refused(ThrottleLimit.Tokens, answer.Wait);
            default:
                await CatchUpAsync();
                return null;
        }
    }

    private async Task<bool> WaitAsync(Booking.Made made, string lease, CancellationToken cancellationToken)
    {
        try
        {
            for (var left = made.Call.At - clock.Now; left > 0; left = made.Call.At - clock.Now)
            {
                await clock.WaitAsync(TimeSpan.FromMilliseconds(left), cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            End(made.Call, lease, null, nothingSent: true, heldFor: 0);
            throw;
        }

        if (clock.Now - made.Since <= made.Wait + limits.Timing.Lateness)
        {
            return true;
        }

        // This process stood still. What it booked is a time that has gone by; the call counts when it goes out.
        End(made.Call, lease, null, nothingSent: true, heldFor: 0);
        return false;
    }

    private ThrottleLease Begin(Booking.Made made, string lease, long tokens, long began)
    {
        var waited = TimeSpan.FromMilliseconds(clock.Now - began);
        GuardTelemetry.Admitted(Provider, waited, tokens, book.KeepsToShare);
        return new(lease, made.Call, clock.Now, waited, End);
    }

    private ThrottledException Refuse(Booking.Refused refused)
    {
        var retryAfter = TimeSpan.FromMilliseconds(refused.RetryAfter);
        GuardTelemetry.Refused(Provider, refused.Limit, retryAfter);
        return new(Provider, refused.Limit, retryAfter);
    }

    private void End(ThrottleLease lease)
    {
        GuardTelemetry.Settled(Provider, lease.NothingSent ? 0 : lease.UsedTokens, lease.NothingSent);
        End(lease.Call, lease.Id, lease.UsedTokens, lease.NothingSent, clock.Now - lease.Began);
    }

    private void End(OwnCall call, string lease, long? usedTokens, bool nothingSent, long heldFor)
    {
        book.End(call, lease, usedTokens, nothingSent, heldFor);
        if (!book.IsAway)
        {
            // Nobody waits for it: what is lost here is told with the next beat.
            _ = TellAsync(call, withUses: false);
        }
    }

    private async Task CatchUpAsync()
    {
        try
        {
            await BeatAsync().WaitAsync(book.LogId is null ? limits.Timing.FirstContact : limits.Timing.RedisTimeout, clock.Time);
        }
        catch (TimeoutException exception)
        {
            GoAway(exception.Message);
        }
    }

    private async Task TellAllAsync()
    {
        if (await TellAsync(null, withUses: true))
        {
            await TellAsync(null, withUses: true);
        }
    }

    private async Task<bool> TellAsync(OwnCall? only, bool withUses)
    {
        var telling = book.BeginTelling(log!.Clock, only);
        var wasAway = book.IsAway;
        try
        {
            var isNews = book.Heard(telling, await log.TellAsync(telling, withUses));
            if (wasAway && !book.IsAway)
            {
                LogBack(Provider);
            }

            return isNews;
        }
        catch (Exception exception) when (RedisFailure.Is(exception))
        {
            book.Lost(telling);
            GoAway(exception.Message);
            return false;
        }
    }

    private void GoAway(string reason)
    {
        if (book.GoAway())
        {
            LogAway(Provider, reason);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis doesn't answer ({Reason}); this process keeps to its share of the limits of {Provider} until it does")]
    private partial void LogAway(ProviderKey provider, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Redis is back; the limits of {Provider} are kept by the whole fleet again")]
    private partial void LogBack(ProviderKey provider);
}
