using System.Text.RegularExpressions;
using Providers.Local.Reading;

namespace Providers.Local.Flashcards;

/// <summary>
/// "Obesity is the strongest risk factor for type 2 diabetes" does not say what obesity is; it answers the question
/// what the strongest risk factor is, so that is asked.
/// </summary>
internal static partial class Superlative
{
    private const int LongestDescription = 14;

    public static bool Names(string rest) => Start.IsMatch(rest);

    public static Card? Card(Clause clause, Vocabulary vocabulary, Dangling dangling)
    {
        if (Answers.Phrase(clause.Rest) is not { } description
            || Words.Of(description) is not { Count: >= 5 and <= LongestDescription } words
            || !words.Any(word => word.Lower is "of" or "for" or "in" or "to" or "on")
            || dangling.In($"{clause.Subject} {clause.Verb} {description}", clause.Sentence.Index)
            || dangling.In($"{description} {clause.Verb}", clause.Sentence.Index))
        {
            return null;
        }

        var isPerson = Subjects.IsPersonLike(clause.Subject, vocabulary) && description.Contains(" to ", StringComparison.Ordinal);
        var question = $"{(isPerson ? "Who" : "What")} {clause.Verb} {description}?";
        return new Card(Questions.Open(clause.Opening, question), Answers.Capitalise(clause.Subject), clause.Sentence, 0.85);
    }

    [GeneratedRegex(@"^the ((most|least|main|chief|principal|leading|first|last|final|only|primary|earliest)|\p{Ll}{3,}est) ",
        RegexOptions.NonBacktracking)]
    private static partial Regex Start { get; }
}
