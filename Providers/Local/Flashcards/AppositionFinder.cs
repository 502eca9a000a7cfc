using System.Text.RegularExpressions;
using Providers.Local.Lexicon;
using Providers.Local.Reading;

namespace Providers.Local.Flashcards;

/// <summary>"Hypoglycaemia, a dangerously low level of blood sugar, is …": the aside defines, whatever the sentence says.</summary>
internal sealed partial class AppositionFinder(Page page, Dangling dangling) : ICardFinder
{
    private const int LeastWords = 4;
    private const int MostWords = 22;

    public IEnumerable<Card> Find(Sentence sentence)
    {
        var text = Links.Strip(sentence.Text);
        if (Links.OrdersEvents(sentence.Text) || Aside.Match(text) is not { Success: true } match)
        {
            return [];
        }

        var (subject, aside) = (match.Groups["subject"].Value, match.Groups["aside"].Value);
        var words = Words.Of(aside);
        var next = Words.Of(match.Groups["next"].Value)[0];
        var names = Words.Of(subject);
        if (words.Count is < LeastWords or > MostWords
            || !(FunctionWords.Auxiliaries.Contains(next.Lower) || Verbs.MayBe(next.Lower))
            || !Subjects.IsWhole(subject, page.Vocabulary)
            || names.Any(word => Verbs.Contains(word.Lower))
            || (names.Count > 1 && Subjects.IsPersonLike(subject, page.Vocabulary))
            || dangling.In($"{subject} is {aside}", sentence.Index))
        {
            return [];
        }

        var be = Nouns.IsPlural(names[^1].Lower) && words[0].Lower is not ("a" or "an") ? "are" : "is";
        var past = next.Lower is "was" or "were" or "had" || next.Lower.EndsWith("ed", StringComparison.Ordinal);
        return past
            ? []
            : [new Card($"What {be} {Subjects.Inside(subject, page.Vocabulary)}?", Answers.Capitalise(aside), sentence, 0.95)];
    }

    [GeneratedRegex(@"^(?<subject>[^,:;()]{3,60}), (?<aside>(a|an|any) [^,:;()]{10,160}), (?<next>\p{Ll}+)", RegexOptions.NonBacktracking)]
    private static partial Regex Aside { get; }
}
