namespace Queueing.Tests;

public sealed class BackoffTests
{
    private static readonly Backoff Exponential = Backoff.Exponential(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(60));

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(3, 8)]
    [InlineData(6, 60)]
    [InlineData(1000, 60)]
    public void The_exponential_bound_doubles_up_to_the_longest(int attempt, int seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), Exponential.Delay(attempt, random: 1));
    }

    [Fact]
    public void Full_jitter_spreads_the_wait_from_zero_to_the_bound()
    {
        Assert.Equal(TimeSpan.Zero, Exponential.Delay(3, random: 0));
        Assert.Equal(TimeSpan.FromSeconds(4), Exponential.Delay(3, random: 0.5));
    }

    [Fact]
    public void A_fixed_wait_is_always_the_same()
    {
        var backoff = Backoff.Fixed(TimeSpan.FromSeconds(7));
        Assert.Equal(TimeSpan.FromSeconds(7), backoff.Delay(1, random: 0));
        Assert.Equal(TimeSpan.FromSeconds(7), backoff.Delay(9, random: 0.9));
    }

    [Fact]
    public void A_wait_of_nothing_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Backoff.Fixed(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Backoff.Exponential(TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(1)));
    }
}
