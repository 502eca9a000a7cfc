namespace Client.Tests;

public sealed class JobTextTests
{
    [Fact]
    public void What_is_told_again_is_added_once()
    {
        var text = JobText.Begin(1).Append(0, "one two ", out _);

        Assert.Same(text, text.Append(0, "one ", out var added));
        Assert.Equal("", added);
        text = text.Append(4, "two three", out added);
        Assert.Equal(("three", "one two three", 13, false), (added, text.ToString(), text.Length, text.HasHoles));
    }

    [Fact]
    public void What_is_lost_is_marked_and_what_follows_stands_where_the_server_says()
    {
        var text = JobText.Begin(1).Append(0, "one ", out _).Append(8, "three ", out var added);
        Assert.Equal(("three ", "one […]three ", 14, true), (added, text.ToString(), text.Length, text.HasHoles));

        text = text.Append(14, "four", out _);
        Assert.Equal(("one […]three four", 18, true), (text.ToString(), text.Length, text.HasHoles));
        Assert.Equal("[…]late", JobText.Begin(2).Append(100, "late", out _).ToString());
    }
}
