using System.Text.RegularExpressions;
using Providers.Local.Flashcards;

namespace Providers.Tests;

public partial class PagePropertyTests
{
    public static TheoryData<string> Pages => ["biology", "medicine", "history", "computing", "law", "physics", "geography", "astronomy", "biography"];

    [Theory, MemberData(nameof(Pages))]
    public void A_page_gives_at_least_eight_cards_of_ten(string page) =>
        // The biography tells most of its story by "he", which is nobody to the reader of a card.
        Assert.InRange(Cards.Of(PageTexts.Read(page)).Count, page == "biography" ? 6 : 8, 10);

    [Theory, MemberData(nameof(Pages))]
    public void Every_answer_and_every_source_is_in_the_text(string page)
    {
        var text = Spaces.Replace(PageTexts.Read(page), " ");
        Assert.All(Cards.Of(PageTexts.Read(page), 50), card =>
        {
            Assert.Contains(card.Answer, text, StringComparison.OrdinalIgnoreCase);
            Assert.Contains(card.Sentence.Source, text, StringComparison.Ordinal);
        });
    }

    [Theory, MemberData(nameof(Pages))]
    public void No_card_gives_its_answer_away(string page) =>
        Assert.All(Cards.Of(PageTexts.Read(page), 50), card =>
            Assert.DoesNotContain(card.Answer, card.Question, StringComparison.OrdinalIgnoreCase));

    [Theory, MemberData(nameof(Pages))]
    public void Every_card_asks_and_none_begins_with_a_pronoun(string page) =>
        Assert.All(Cards.Of(PageTexts.Read(page), 50), card =>
        {
            Assert.True(card.Question.EndsWith('?') ^ card.Question.Contains(Card.Blank, StringComparison.Ordinal));
            Assert.DoesNotMatch(PronounSubject, card.Question);
            Assert.True(char.IsUpper(card.Answer[0]) || char.IsDigit(card.Answer[0]) || char.IsUpper(card.Answer[1]));
            Assert.False(card.Answer.EndsWith('.'));
        });

    [Theory, MemberData(nameof(Pages))]
    public void No_two_cards_are_alike(string page)
    {
        var cards = Cards.Of(PageTexts.Read(page), 50);
        Assert.Distinct(cards.Select(card => card.Question), StringComparer.OrdinalIgnoreCase);
        Assert.Distinct(cards.Where(card => card.IsCloze).Select(card => card.Sentence.Source));
        Assert.All(cards.Index(), item => Assert.DoesNotContain(cards.Take(item.Index),
            earlier => new Likeness(earlier).IsLike(new Likeness(item.Item))));
    }

    [Theory, MemberData(nameof(Pages))]
    public void The_same_text_gives_the_same_cards_and_a_short_deck_begins_the_long_one(string page)
    {
        var text = PageTexts.Read(page);
        Assert.Equal(Ask(text, 10), Ask(text, 10));
        Assert.Equal(Ask(text, 10).Take(4), Ask(text, 4));
    }

    [Theory, MemberData(nameof(Pages))]
    public void Line_ends_do_not_matter(string page) =>
        Assert.Equal(Ask(PageTexts.Read(page), 10), Ask(PageTexts.Read(page).ReplaceLineEndings("\r\n"), 10));

    private static IEnumerable<string> Ask(string text, int count) => Cards.Of(text, count).Select(card => card.Question);

    [GeneratedRegex(@"^((What|Who|How) (is|are|was|were|does|do|did) )?(it|they|this|these|those|he|she|we|such|its|their|his|her)\b", RegexOptions.IgnoreCase)]
    private static partial Regex PronounSubject { get; }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces { get; }
}
