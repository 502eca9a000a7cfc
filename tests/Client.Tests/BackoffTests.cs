using AspireJobs.Client.Following;

namespace Client.Tests;

public sealed class BackoffTests
{
    [Fact]
    public void Waits_are_drawn_below_a_limit_that_doubles_with_each_failure_up_to_the_longest()
    {
        var longest = new Backoff(TimeSpan.FromSeconds(10), new Fixed(1)) { Retry = TimeSpan.FromSeconds(1) };
        Assert.Equal([1, 2, 4, 8, 10, 10], Enumerable.Range(0, 6).Select(_ => longest.Next().TotalSeconds));
        longest.Succeed();
        Assert.Equal(TimeSpan.FromSeconds(1), longest.Next());

        var shortest = new Backoff(TimeSpan.FromSeconds(10), new Fixed(0));
        Assert.Equal(TimeSpan.Zero, shortest.Next());
    }

    [Fact]
    public void After_any_number_of_failures_the_longest_wait_holds()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(10), new Fixed(1));

        Assert.Equal(10, Enumerable.Range(0, 5000).Select(_ => backoff.Next().TotalSeconds).ToList()[^1]);
    }

    private sealed class Fixed(double value) : Random
    {
        public override double NextDouble() => value;
    }
}
