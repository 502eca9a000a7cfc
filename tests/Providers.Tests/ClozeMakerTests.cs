namespace Providers.Tests;

public class ClozeMakerTests
{
    [Fact]
    public void A_key_term_is_left_out() =>
        Assert.Equal("Enzymes in human saliva begin to break starch into smaller sugars called _____.",
            Cards.Cloze("Enzymes in human saliva begin to break starch into smaller sugars called maltose."));

    [Fact]
    public void The_article_before_a_blank_gives_nothing_away() =>
        Assert.Contains("a(n) _____", Cards.Cloze("Roman engineers carried water into cities along a channel known as an aqueduct."), StringComparison.Ordinal);

    [Theory]
    [InlineData("It lowers starch into smaller sugars called maltose.")]
    [InlineData("Bronze contains copper, zinc and tin.")]
    [InlineData("Too short a line.")]
    [InlineData("Then the Roman army crossed the Rhine near Mainz.")]
    [InlineData("Georg Bednorz and Alex Müller worked on a ceramic of lanthanum and barium.")]
    [InlineData("The World Glacier Monitoring Service has gathered many figures since then.")]
    [InlineData("Did the Roman army cross the Rhine near Mainz in winter?")]
    public void A_sentence_that_cannot_be_completed_gives_none(string text) => Assert.Null(Cards.Cloze(text));

    [Fact]
    public void A_term_that_the_sentence_repeats_is_never_left_out() =>
        Assert.DoesNotContain("called _____",
            Cards.Cloze("Enzymes in human saliva split starch into sugars called maltose because maltose tastes sweet.") ?? "", StringComparison.Ordinal);

    [Fact]
    public void A_sentence_of_more_than_forty_words_gives_none() =>
        Assert.Null(Cards.Cloze(string.Concat(Enumerable.Repeat("the river Rhine flows past the old town of Basel and ", 5)) + "reaches the sea."));
}
