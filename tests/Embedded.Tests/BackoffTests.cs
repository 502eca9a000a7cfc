using Embedded.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Embedded.Tests;

public class BackoffTests
{
    [Fact]
    public void It_doubles_to_half_a_minute_and_begins_anew_after_a_long_life()
    {
        var time = new FakeTimeProvider();
        var backoff = new Backoff(time);
        var crashes = Enumerable.Range(0, 8).Select(_ => backoff.After(time.GetTimestamp()).TotalSeconds);
        Assert.Equal([0.5, 1, 2, 4, 8, 16, 30, 30], crashes);

        var started = time.GetTimestamp();
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(0.5, backoff.After(started).TotalSeconds);
    }
}
