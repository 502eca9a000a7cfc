using AspireJobs.Client.Following;
using Microsoft.Extensions.Time.Testing;

namespace Client.Tests;

public sealed class SilenceClockTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider time = new();

    [Fact]
    public void A_stream_is_silent_after_the_limit_over_any_number_of_attempts_until_it_is_heard()
    {
        using var silence = new Silence(Limit, time);
        var changed = silence.Changed;

        silence.Listen();
        time.Advance(Limit / 2);
        silence.Listen(); // Another attempt.
        Assert.False(silence.IsSilent);
        time.Advance(Limit / 2);
        Assert.Equal((true, true), (silence.IsSilent, changed.IsCompleted));

        changed = silence.Changed;
        silence.Hear();
        Assert.Equal((false, true), (silence.IsSilent, changed.IsCompleted));
    }

    [Fact]
    public void While_nobody_listens_because_the_follower_is_slow_no_silence_begins()
    {
        using var silence = new Silence(Limit, time);
        silence.Listen();
        silence.Hear();

        time.Advance(Limit * 10);

        Assert.False(silence.IsSilent);
    }
}
