using System.Buffers;
using Providers.Local.Lexicon;
using Providers.Local.Reading;

namespace Providers.Local.Flashcards;

/// <summary>Whether the words on both sides of a term leave it a whole noun phrase, outside brackets and lists.</summary>
internal static class Bounds
{
    private static readonly SearchValues<char> Joiners = SearchValues.Create("/-‑–'’");

    public static bool Hold(Term term)
    {
        var sentence = term.Sentence;
        var words = sentence.Words;
        var before = term.First > 0 ? words[term.First - 1] : default;
        var after = term.End < words.Count ? words[term.End] : default;
        var left = sentence.Text[(before.Text is null ? 0 : before.End)..words[term.First].Start];
        var right = sentence.Text[term.Head.End..(after.Text is null ? sentence.Text.Length : after.Start)];

        return !IsBracketed(sentence.Text, words[term.First].Start)
            && !left.AsSpan().ContainsAny(Joiners)
            && !right.AsSpan().ContainsAny(Joiners)
            && LeftHolds(term, before, left)
            && RightHolds(after, right)
            && !IsListed(sentence, term, before, after, left, right);
    }

    private static bool LeftHolds(Term term, Word before, string left)
    {
        if (before.Text is null)
        {
            return true;
        }

        var lower = before.Lower;
        if (lower is "a" or "an" && Nouns.IsPlural(term.Head.Lower))
        {
            return false;
        }

        return left.Trim().Length == 0
            && (FunctionWords.Determiners.Contains(lower)
                || (FunctionWords.Prepositions.Contains(lower) && lower is not ("to" or "per" or "as" or "like" or "including"))
                || Verbs.Contains(lower) || Blanks.IsNamed(term)
                || lower is "and" or "or" or "than" or "two" or "three" or "four"
                || lower is "to" && (term.Head.IsCapitalised || Nouns.HasNounEnding(term.Head.Lower) || term.Count > 1)
                || Nouns.Relating.Contains(lower)
                || lower.EndsWith("ed", StringComparison.Ordinal));
    }

    private static bool RightHolds(Word after, string right)
    {
        if (after.Text is null || right.Trim().Length > 0)
        {
            return true;
        }

        var lower = after.Lower;
        return !after.IsCapitalised && (FunctionWords.Prepositions.Contains(lower) || FunctionWords.Auxiliaries.Contains(lower)
            || FunctionWords.Conjunctions.Contains(lower) || Verbs.Contains(lower)
            || (FunctionWords.Subordinators.Contains(lower) && lower != "what"));
    }

    private static bool IsBracketed(string text, int position)
    {
        var before = text.AsSpan(0, position);
        return before.LastIndexOf('(') > before.LastIndexOf(')');
    }

    // In "copper, zinc and tin" any metal fits; a name behind "called" is asked for even when another follows it.
    private static bool IsListed(Sentence sentence, Term term, Word before, Word after, string left, string right)
    {
        if (before.Text is not null && before.Lower is "and" or "or" && (term.Head.IsCapitalised || !IsClauseStart(sentence, term)))
        {
            return true;
        }

        return right.TrimEnd() == "," && ListFollows(sentence, term)
            || (right.Trim().Length == 0 && after.Text is not null && after.Lower is "and" or "or" && !Blanks.IsNamed(term)
                && !ClauseFollows(sentence, term.End + 1))
            || left.Contains(',') && term.First > 0;
    }

    private static bool IsClauseStart(Sentence sentence, Term term) =>
        term.End < sentence.Words.Count && (Verbs.Contains(sentence.Words[term.End].Lower)
            || FunctionWords.Auxiliaries.Contains(sentence.Words[term.End].Lower));

    private static bool ClauseFollows(Sentence sentence, int index) =>
        index < sentence.Words.Count && Verbs.Contains(sentence.Words[index].Lower);

    private static bool ListFollows(Sentence sentence, Term term)
    {
        var after = sentence.Words[term.End].Lower;
        var startsClause = FunctionWords.Prepositions.Contains(after) || after is "which" or "who" or "whose" or "where"
            or "when" or "and" or "but" or "a" or "an" or "the" or "so" or "while";
        return !startsClause
            || (after is "and" or "or" && !ClauseFollows(sentence, term.End + 1))
            || sentence.Text.AsSpan(sentence.Words[term.End].Start).IndexOf(", and ") >= 0 && after is "a" or "an" or "the";
    }
}
