using System.Text.RegularExpressions;
using Providers.Local.Lexicon;
using Providers.Local.Reading;

namespace Providers.Local.Flashcards;

/// <summary>Takes from the words behind a verb the stretch that answers a question; always a prefix, never a paraphrase.</summary>
internal static partial class Answers
{
    private const int MostWords = 30;
    private const int LeastAfterCut = 4;

    /// <summary>A phrase with its relative clauses, up to where the sentence goes on to something else.</summary>
    public static string? Phrase(string rest)
    {
        var text = rest;
        var turn = Turn.Match(text);
        if (turn.Success)
        {
            text = text[..turn.Index];
        }

        text = BeforeSecondVerb(text);
        if (Words.Of(text).Count > MostWords)
        {
            var breaks = Aside.Matches(text).Select(match => match.Index)
                .Where(index => Words.Of(text[..index]).Count is >= LeastAfterCut and <= MostWords).ToList();
            if (breaks.Count == 0)
            {
                return null;
            }

            text = text[..breaks[^1]];
        }

        return Tidy(text);
    }

    /// <summary>A name of a few words, such as follows "called".</summary>
    public static string? Label(string rest)
    {
        var words = Words.Of(rest);
        var count = 0;
        while (count < words.Count && count < 6
            && (count == 0 || rest.AsSpan(words[count - 1].End, words[count].Start - words[count - 1].End).Trim(" -\"“‘'").IsEmpty)
            && (count == 0 && words[0].Lower is "the" or "a" or "an" || EndsNoLabel(words, count)))
        {
            count++;
        }

        return count is 0 or 6 || FunctionWords.Contains(words[count - 1].Lower)
            ? null
            : Tidy(rest[words[0].Start..words[count - 1].End]);
    }

    /// <summary>A person's name, or two joined by "and".</summary>
    public static string? Name(string rest, Vocabulary vocabulary)
    {
        var words = Words.Of(rest);
        var count = 0;
        while (count < words.Count && (words[count].IsCapitalised || words[count].Lower is "and" or "de" or "von" or "van" or "der")
            && (count == 0 || rest.AsSpan(words[count - 1].End, words[count].Start - words[count - 1].End).Trim(" .").IsEmpty))
        {
            count++;
        }

        while (count > 0 && !words[count - 1].IsCapitalised)
        {
            count--;
        }

        var name = count == 0 ? "" : rest[words[0].Start..words[count - 1].End];
        return count > 0 && Subjects.IsPersonLike(name, vocabulary) ? name : null;
    }

    /// <summary>"1648", "24 October 1648", "79 AD" at the start of the words given.</summary>
    public static string? Date(string rest) =>
        DateStart.Match(rest) is { Success: true } match ? match.Value : null;

    /// <summary>A first word with a capital inside, such as mRNA or pH, is left as it is.</summary>
    public static string Capitalise(string answer)
    {
        var space = answer.IndexOf(' ', StringComparison.Ordinal);
        var first = space < 0 ? answer : answer[..space];
        return first.AsSpan(1).ContainsAnyInRange('A', 'Z') ? answer : char.ToUpperInvariant(answer[0]) + answer[1..];
    }

    // "the final acceptor of electrons, and combines with hydrogen": the second half answers another question.
    private static string BeforeSecondVerb(string text)
    {
        foreach (var comma in SecondHalf.EnumerateMatches(text))
        {
            if (Words.Of(text[(comma.Index + comma.Length)..]) is [var next, ..] && Verbs.Contains(next.Lower)
                && !next.Lower.EndsWith("ing", StringComparison.Ordinal))
            {
                return text[..comma.Index];
            }
        }

        return text;
    }

    private static bool EndsNoLabel(List<Word> words, int count)
    {
        var lower = words[count].Lower;
        var joinsNames = lower is "of" or "and" or "the" && count > 0 && count + 1 < words.Count
            && words[count - 1].IsCapitalised && words[count + 1].IsCapitalised;
        return joinsNames || !(FunctionWords.Contains(lower) || (count > 0 && (Verbs.Contains(lower) || FunctionWords.IsAdverb(lower))));
    }

    private static string? Tidy(string text)
    {
        var trimmed = text.Trim(' ', ',', '.', ';', ':', '—', '–');
        return trimmed.Length == 0
            || trimmed.AsSpan().Count('(') != trimmed.AsSpan().Count(')')
            || trimmed.AsSpan().Count('“') != trimmed.AsSpan().Count('”')
            || trimmed.AsSpan().Count('"') % 2 == 1
                ? null
                : trimmed;
    }

    [GeneratedRegex(@"; | — | – |—|: |, (whereas|although|though|but|while|because|since) |, (for example|however)\b"
        + "|, (so|and) (that )?(it|they|he|she|this|these|its|their|his|her|the|a|an|is|are|was|were|has|have|can|may|in"
        + "|when|if|by|on|at|for|many|most|some|each|every|not) ", RegexOptions.NonBacktracking)]
    private static partial Regex Turn { get; }

    [GeneratedRegex(@", (which|who|whose|where|when|including|such as|usually|often|typically|especially|with|and)\b",
        RegexOptions.NonBacktracking)]
    private static partial Regex Aside { get; }

    [GeneratedRegex(", and ", RegexOptions.NonBacktracking)]
    private static partial Regex SecondHalf { get; }

    [GeneratedRegex(@"^(about |around |the year )?(\d{1,2} )?"
        + "((January|February|March|April|May|June|July|August|September|October|November|December) )?"
        + @"(\d{1,2}, )?\d{3,4}( (BC|AD|BCE|CE))?\b")]
    private static partial Regex DateStart { get; }
}
