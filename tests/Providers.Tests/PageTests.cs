using Providers.Local.Reading;

namespace Providers.Tests;

public class PageTests
{
    [Fact]
    public void A_repeated_sentence_is_read_once() =>
        Assert.Single(Page.Read("A lever is a rigid bar. A lever is a rigid bar. A LEVER is a rigid bar.").Sentences);

    [Theory]
    [InlineData("Het water was van het land en is in de winter ijs.")]
    [InlineData("Der Kern der Zelle ist von einer Membran umgeben, das was an der Wand ist.")]
    [InlineData("La force est une for qui pour la at but de la loi.")]
    public void Another_language_is_not_read_for_the_words_it_shares_with_English(string text) =>
        Assert.Empty(Page.Read(text).Sentences);

    [Fact]
    public void An_answer_with_a_citation_inside_it_is_no_quotation_and_gives_no_card() =>
        Assert.DoesNotContain(Cards.Of("Osmosis is the movement of water [3] across a membrane."), card => !card.IsCloze);

    [Fact]
    public void Headings_are_not_sentences() =>
        Assert.Equal("It was built in stone by the Romans.", Page.Read("The Wall is Long\n\nIt was built in stone by the Romans.").Sentences[0].Source);
}
