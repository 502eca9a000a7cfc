using System.Text.RegularExpressions;
using Providers.Local.Reading;

namespace Providers.Local.Flashcards;

/// <summary>"There are three kinds of X: a, b and c" and "X has three layers: a, b and c".</summary>
internal sealed partial class EnumerationFinder(Page page, Dangling dangling) : ICardFinder
{
    public IEnumerable<Card> Find(Sentence sentence)
    {
        var text = Links.Strip(sentence.Text).TrimEnd('.');
        if (text.IndexOf(": ", StringComparison.Ordinal) is var colon && colon < 0 || Links.OrdersEvents(sentence.Text))
        {
            return [];
        }

        var list = text[(colon + 2)..];
        var question = Ask(text[..colon]);
        return question is not null && IsList(list) && !dangling.In(text[..colon], sentence.Index) && !dangling.In(list, sentence.Index)
            ? [new Card(question, Answers.Capitalise(list), sentence, 0.85)]
            : [];
    }

    private string? Ask(string lead)
    {
        if (There.Match(lead) is { Success: true } there)
        {
            return $"What {there.Groups["be"].Value} the {there.Groups["what"].Value}?";
        }

        return Has.Match(lead) is { Success: true } has && Subjects.IsWhole(has.Groups["who"].Value, page.Vocabulary)
            ? $"What are the {has.Groups["what"].Value} of {Subjects.Inside(has.Groups["who"].Value, page.Vocabulary)}?"
            : null;
    }

    private static bool IsList(string list) =>
        Words.Of(list).Count is >= 3 and <= 35 && list.Contains(" and ", StringComparison.Ordinal)
        && !list.Contains(';');

    [GeneratedRegex("^There (?<be>are|were) (?<what>(two|three|four|five|six|seven|eight|nine|ten) [^,:()]{3,60})$", RegexOptions.NonBacktracking)]
    private static partial Regex There { get; }

    [GeneratedRegex("^(?<who>[^,:()]{3,60}) (has|have) (?<what>(two|three|four|five|six|seven|eight|nine|ten) [^,:()]{3,50})$", RegexOptions.NonBacktracking)]
    private static partial Regex Has { get; }
}
