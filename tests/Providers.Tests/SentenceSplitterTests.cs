using Providers.Local.Reading;

namespace Providers.Tests;

public class SentenceSplitterTests
{
    [Fact]
    public void A_decimal_point_does_not_end_a_sentence() =>
        Assert.Equal(["The value is 3.14 or so.", "It is a constant."],
            SentenceSplitter.Split("The value is 3.14 or so. It is a constant."));

    [Theory]
    [InlineData("Dr. Aylin Berg lives in St. Gallen.")]
    [InlineData("Some metals, e.g. Copper and Zinc, conduct well.")]
    [InlineData("The change is shown in Fig. 3 and in Fig. B of the atlas.")]
    [InlineData("The U.S. Congress met in No. 5 on that street.")]
    [InlineData("The work of J. R. Ewald and F. H. Crane is known.")]
    [InlineData("Several authors (cf. Ames et al. Moreover, others) agree.")]
    [InlineData("He paused … and then went on.")]
    [InlineData("The question \"Why?\" is asked often.")]
    public void An_abbreviation_or_an_inner_stop_does_not_end_a_sentence(string sentence) =>
        Assert.Equal([sentence], SentenceSplitter.Split(sentence));

    [Theory]
    [InlineData("She moved to the U.S. The journey was long.")]
    [InlineData("It stores iron, zinc, etc. The rest is lost.")]
    [InlineData("Fruit is rich in vitamin C. It is also sweet.")]
    [InlineData("He said \"It is done.\" The crowd left.")]
    [InlineData("The plan failed (as all had feared.) The crowd left.")]
    [InlineData("The plan failed.[12] The crowd left.")]
    [InlineData("It melts at 35 K. Mercury melts at more.")]
    [InlineData("Is it alive? Nobody knows.")]
    [InlineData("It copies the gene. mRNA carries the message.")]
    public void A_stop_before_a_new_start_ends_a_sentence(string text) =>
        Assert.Equal(2, SentenceSplitter.Split(text).Count());

    [Fact]
    public void Closing_quotes_and_citations_stay_with_the_sentence_before() =>
        Assert.Equal("He said \"It is done.\"[3]", SentenceSplitter.Split("He said \"It is done.\"[3] The crowd left.").First());

    [Fact]
    public void What_has_no_stop_is_not_a_sentence() =>
        Assert.Equal(["It rained."], SentenceSplitter.Split("It rained. A fragment without an end"));

    [Fact]
    public void A_bracket_that_never_closes_does_not_swallow_the_text() =>
        Assert.Equal(2, SentenceSplitter.Split("The list (of rivers is long. The Rhine comes first.").Count());
}
