using System.Buffers;
using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Providers.Local.Lexicon;
using Providers.Local.Reading;

namespace Providers.Local.Flashcards;

/// <summary>
/// Finds the verb that the cards can ask about and the subject before it. A subject with a clause of its own in it
/// is refused, since without a grammar its end is a guess.
/// </summary>
internal static partial class ClauseReader
{
    private const int LongestSubject = 9;
    private const int LongestOpening = 6;

    private static readonly SearchValues<char> NeverInside = SearchValues.Create(",;:[]\"“”—");

    private static readonly FrozenSet<string> OpeningPrepositions =
        WordList.Of("in at during under on among within by after before between throughout");

    public static Clause? Read(Sentence sentence, Func<string, bool> isVerb)
    {
        if (Links.OrdersEvents(sentence.Text) || sentence.Text[^1] is '?' or '!')
        {
            return null;
        }

        var (opening, body) = TakeOpening(Links.Strip(sentence.Text).TrimEnd('.', '"', '”', '…'));
        var words = Words.Of(body);
        return FindVerb(body, words, isVerb) is var verb && verb > 0
            && TakeSubject(body[..words[verb].Start]) is var (subject, alias)
                ? new Clause(sentence, opening, subject, alias, words[verb].Text, body[words[verb].End..].Trim())
                : null;
    }

    private static (string Opening, string Body) TakeOpening(string text)
    {
        var comma = text.IndexOf(", ", StringComparison.Ordinal);
        if (comma < 0)
        {
            return ("", text);
        }

        var words = Words.Of(text[..comma]);
        return words.Count is > 1 and <= LongestOpening && OpeningPrepositions.Contains(words[0].Lower)
            && !words.Any(word => FunctionWords.Pronouns.Contains(word.Lower)
                || (Verbs.Contains(word.Lower) && !word.Lower.EndsWith("ing", StringComparison.Ordinal)))
                ? (text[..comma], text[(comma + 2)..])
                : ("", text);
    }

    private static int FindVerb(string text, List<Word> words, Func<string, bool> isVerb)
    {
        var counted = 0;
        for (var index = 0; index < words.Count && counted <= LongestSubject; index++, counted++)
        {
            var gap = index == 0 ? "" : text[words[index - 1].End..words[index].Start];
            if (gap.Contains('(') || gap.Contains(", ", StringComparison.Ordinal))
            {
                var past = PastInsertion(text, words, index, gap.Contains('(') ? ')' : ',');
                if (past < 0)
                {
                    return -1;
                }

                index = past;
            }

            var lower = words[index].Lower;
            if (index > 0 && isVerb(lower) && !IsNounHere(words, index))
            {
                return index;
            }

            if (FunctionWords.Subordinators.Contains(lower) || FunctionWords.Auxiliaries.Contains(lower)
                || (index > 0 && Verbs.Contains(lower) && !IsReducedRelative(words, index)))
            {
                return -1;
            }
        }

        return -1;
    }

    // The first word behind ", also called Y," or "(ABC)", where the verb is then expected.
    private static int PastInsertion(string text, List<Word> words, int index, char closer)
    {
        var close = text.IndexOf(closer, words[index].Start);
        var past = close < 0 ? -1 : words.FindIndex(index, word => word.Start > close);
        return past > 0 && text[close..words[past].Start] is ", " or ") " ? past : -1;
    }

    // "The causes of the war" and "cell walls" against "smoking causes cancer".
    private static bool IsNounHere(List<Word> words, int index) =>
        !FunctionWords.BeForms.Contains(words[index].Lower) && !Verbs.Contains(words[index].Lower)
        && (index + 1 >= words.Count || words[index + 1].Lower is "of" or "is" or "are" or "was" or "were" or "and" or "or"
            || FunctionWords.Determiners.Contains(words[index - 1].Lower));

    private static bool IsReducedRelative(List<Word> words, int index) =>
        index > 1 && words[index].Lower.EndsWith("ed", StringComparison.Ordinal) && index + 1 < words.Count
        && words[index + 1].Lower is "by" or "from" or "in";

    private static (string Subject, string Alias)? TakeSubject(string text)
    {
        var subject = Brackets.Replace(text, " ").Trim();
        var alias = "";
        var comma = subject.IndexOf(',', StringComparison.Ordinal);
        if (comma >= 0)
        {
            alias = subject[(comma + 1)..].Trim(' ', ',');
            subject = subject[..comma];
            if (alias.Contains(',') || alias.Split(' ')[0] is "and" or "but" or "nor" or "so" or "yet")
            {
                return null;
            }
        }

        subject = Spaces.Replace(subject, " ").Trim();
        return subject.AsSpan().ContainsAny(NeverInside) ? null : (subject, alias);
    }

    // An acronym in brackets is a name that the reader may know better; everything else in brackets is left out.
    [GeneratedRegex(@"\((?!(?=[\p{L}\d-]{2,8}\))[\p{L}\d-]*\p{Lu}[\p{L}-]*[\p{Lu}\d])[^()]*\)")]
    private static partial Regex Brackets { get; }

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces { get; }
}
