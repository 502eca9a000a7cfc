using ProviderSimulator.Records;

namespace ProviderSimulator.Tests;

/// <summary>What the sliding minute says, beside a computation that takes its time.</summary>
public sealed class SlidingMinuteTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(1, 250)]
    [InlineData(2, 400)]
    [InlineData(3, 4_000)]
    [InlineData(4, 60_000)]
    public void It_holds_what_came_within_sixty_seconds(int seed, int mostMilliseconds)
    {
        var minute = new SlidingMinute();
        var arrivals = Arrivals(seed, mostMilliseconds);
        for (var last = 0; last < arrivals.Count; last++)
        {
            var (now, tokens) = arrivals[last];
            minute.Add(now, tokens);

            var within = arrivals.Take(last + 1).Where(arrival => now - arrival.At < Minute).ToList();
            Assert.Equal((within.Count, within.Sum(arrival => arrival.Tokens)), (minute.Calls, minute.Tokens));
        }
    }

    [Theory]
    [InlineData(5, 400)]
    [InlineData(6, 4_000)]
    public void The_peaks_are_those_of_the_fullest_minute(int seed, int mostMilliseconds)
    {
        var tally = new Tally(inFlight: 0);
        var arrivals = Arrivals(seed, mostMilliseconds);
        arrivals.ForEach(arrival => tally.Begin(arrival.At, arrival.Tokens));

        var minutes = arrivals.Select(last => arrivals.Where(arrival => arrival.At <= last.At && last.At - arrival.At < Minute).ToList()).ToList();
        var peaks = tally.Read().Peaks;
        Assert.Equal(minutes.Max(minute => minute.Count), peaks.CallsPerMinute);
        Assert.Equal(minutes.Max(minute => minute.Sum(arrival => arrival.Tokens)), peaks.TokensPerMinute);
    }

    [Theory]
    [InlineData(7, 400)]
    [InlineData(8, 4_000)]
    public void The_wait_is_the_shortest_after_which_there_is_room(int seed, int mostMilliseconds)
    {
        var minute = new SlidingMinute();
        var arrivals = Arrivals(seed, mostMilliseconds);
        arrivals.ForEach(arrival => minute.Add(arrival.At, arrival.Tokens));
        var now = arrivals[^1].At;
        for (var (calls, tokens) = (minute.Calls, minute.Tokens); calls >= 0; calls -= 7, tokens -= 900)
        {
            var waits = arrivals.Select(arrival => arrival.At + Minute - now).Where(wait => wait > TimeSpan.Zero).Prepend(TimeSpan.Zero);
            var shortest = waits.FirstOrDefault(wait => Fits(now + wait, calls, tokens));

            Assert.Equal(shortest, minute.UntilAtMost(calls, Math.Max(0, tokens), now) ?? TimeSpan.Zero);
        }

        bool Fits(DateTimeOffset then, int calls, long tokens)
        {
            var within = arrivals.Where(arrival => then - arrival.At < Minute).ToList();
            return within.Count <= calls && within.Sum(arrival => arrival.Tokens) <= Math.Max(0, tokens);
        }
    }

    [Fact]
    public void A_call_is_out_of_it_to_the_tick()
    {
        var minute = new SlidingMinute();
        minute.Add(Start, 5);

        minute.MoveTo(Start + Minute - TimeSpan.FromTicks(1));
        Assert.Equal((1, 5), (minute.Calls, minute.Tokens));
        minute.MoveTo(Start + Minute);
        Assert.Equal((0, 0), (minute.Calls, minute.Tokens));
    }

    /// <summary>Random ones, some of them at the same time, and some exactly a minute apart.</summary>
    private static List<(DateTimeOffset At, long Tokens)> Arrivals(int seed, int mostMilliseconds)
    {
        var random = new Random(seed);
        List<(DateTimeOffset At, long Tokens)> arrivals = [(Start, 10)];
        while (arrivals.Count < 600)
        {
            var last = arrivals[^1].At;
            var aMinuteAfter = arrivals[random.Next(arrivals.Count)].At + Minute;
            var next = aMinuteAfter > last && aMinuteAfter < last + TimeSpan.FromMilliseconds(mostMilliseconds)
                ? aMinuteAfter
                : last + TimeSpan.FromMilliseconds(random.Next(mostMilliseconds));
            arrivals.Add((next, random.Next(300)));
        }

        return arrivals;
    }
}
