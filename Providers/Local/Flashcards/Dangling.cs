using System.Collections.Frozen;
using Providers.Local.Lexicon;
using Providers.Local.Reading;

namespace Providers.Local.Flashcards;

/// <summary>
/// Whether words lean on a sentence that the reader of a card does not see. The rules are strict, since a card lost
/// costs little and a card that asks about "the process" is worthless; see <see cref="Antecedents"/> for pronouns.
/// </summary>
internal sealed class Dangling(Vocabulary vocabulary)
{
    private static readonly FrozenSet<string> Openers = WordList.Of("""
        it they this these those that such he she we you i his her its their our my your here both neither either
        another others former latter one same likewise other which who whom whose elsewhere
        """);

    private static readonly FrozenSet<string> Quantifiers = WordList.Of(
        "some many most all few several each none any two three four five more others half");

    private static readonly FrozenSet<string> Comparatives = WordList.Of("""
        larger smaller higher lower older younger faster slower greater stronger weaker longer shorter heavier lighter
        better worse newer earlier later
        """);

    private static readonly FrozenSet<string> Deictic = WordList.Of("""
        this these i we you us our my your me aforementioned hence thereby therein thereafter thereof elsewhere instead
        likewise similarly meanwhile afterwards afterward then
        """);

    // With an adjective, too: "the Arabic name", "the young king".
    private static readonly FrozenSet<string> AlwaysPointing = WordList.Of("""
        name word term title phrase king queen emperor author writer scientist man woman boy girl company team party
        book
        """);

    private static readonly FrozenSet<string> MidRelating = WordList.Of("""
        other new inner outer upper lower resulting remaining previous following opposite second third original latter former newer older
        next later earlier above below current existing two three four five additional corresponding whole entire rest
        """);

    public bool In(string text, int sentence)
    {
        var words = Words.Of(text);
        return words.Count == 0
            || OpensWithReference(words)
            || words.Index().Any(item => IsDeictic(text, words, item.Index))
            || words.Index().Any(item => item.Item.Lower == "the" && PointsBack(text, words, item.Index, sentence))
            || Antecedents.AreMissing(text, words, vocabulary);
    }

    /// <summary>How often "the N" speaks of something that earlier sentences told of: bearable once, not twice.</summary>
    public int Leanings(string text, int sentence)
    {
        var words = Words.Of(text);
        return words.Index().Count(item => item.Item.Lower == "the" && item.Index + 1 < words.Count
            && PhraseEnd(text, words, item.Index) == item.Index + 2
            && !words[item.Index + 1].IsCapitalised
            && !IsRestricted(text, words, item.Index + 2)
            && vocabulary.IsSeenBefore(words[item.Index + 1].Stem, sentence));
    }

    private static bool OpensWithReference(List<Word> words)
    {
        var next = words.Count > 1 ? words[1].Lower : "";
        return words[0].Bare switch
        {
            "one" => next != "of" || (words.Count > 2 && words[2].Lower is "these" or "them" or "those"),
            "both" => words.All(word => word.Lower != "and"),
            "either" or "neither" => words.All(word => word.Lower is not ("or" or "nor")),
            "those" => next is not ("who" or "that" or "which"),
            "there" => !FunctionWords.BeForms.Contains(next),
            var first when Quantifiers.Contains(first) =>
                FunctionWords.Auxiliaries.Contains(next) || Verbs.Contains(next) || Verbs.IsParticiple(next) || next is "of" or "other" or "such",
            var first when Comparatives.Contains(first) || (first is "a" or "the" && Comparatives.Contains(next)) =>
                words.All(word => word.Lower != "than"),
            var first => Openers.Contains(first),
        };
    }

    private static bool IsDeictic(string text, List<Word> words, int index)
    {
        var word = words[index];
        var before = index > 0 ? words[index - 1].Lower : "";
        var after = index + 1 < words.Count ? words[index + 1].Lower : "";
        return word.Bare switch
        {
            "i" => word.Text == "I" && after != "and",
            "such" => after != "as",
            "those" => after is not ("that" or "who" or "of" or "which" or "with" or "in" or "whose" or "from"),
            "that" => before is "at" or "by" or "from" or "during" or "of" or "after" or "before" or "since" or "with"
                || after is "year" or "time" or "day" or "century" or "reason" or "way"
                || (Nouns.Pointing.Contains(Words.Stem(after)) && EndsClause(text, words, index + 1)),
            "another" => words.Take(index).All(earlier => earlier.Lower is not ("one" or "a" or "an")),
            "other" or "others" => before == "the" && words.Take(index).All(earlier => earlier.Lower != "one"),
            "later" or "earlier" => before is "years" or "days" or "months" or "decades" or "centuries" or "century"
                or "decade" or "year" or "weeks" || after.Length == 0,
            "too" or "above" or "below" => EndsClause(text, words, index),
            "so" => before is "do" or "does" or "did" or "doing" or "to",
            var lower => Deictic.Contains(lower),
        };
    }

    private static bool EndsClause(string text, List<Word> words, int index) =>
        index + 1 >= words.Count || text[words[index].End] is '.' or ',' or ':' or ';';

    private bool PointsBack(string text, List<Word> words, int the, int sentence)
    {
        var end = PhraseEnd(text, words, the);
        if (end == the + 1)
        {
            return true;
        }

        var head = words[end - 1];
        var alone = end == the + 2;
        var named = words[end - 1].IsCapitalised || words[the + 1].IsCapitalised;
        if (IsRestricted(text, words, end) || words.Take(the).Any(word => Words.SameStem(word, head)))
        {
            return false;
        }

        if (alone)
        {
            return Nouns.Pointing.Contains(head.Stem)
                || (the == 0 && !named && !vocabulary.IsTopic(head.Stem) && vocabulary.IsIntroducedBefore(head.Stem, sentence));
        }

        if (AlwaysPointing.Contains(head.Stem))
        {
            return true;
        }

        return !named && (the == 0 ? Nouns.Relating : MidRelating).Contains(words[the + 1].Lower);
    }

    private static int PhraseEnd(string text, List<Word> words, int the)
    {
        var end = the + 1;
        while (end < words.Count && IsJoined(text, words[end - 1], words[end])
            && !IsThirdPerson(words, end)
            && (Nouns.Relating.Contains(words[end].Lower) || !EndsNounPhrase(words[end].Lower, isFirst: end == the + 1)))
        {
            end++;
        }

        return end;
    }

    // "The theory states that …": a form that might be a plural is a verb when an object or a clause follows,
    // and behind a subject that points back anyway.
    private static bool IsThirdPerson(List<Word> words, int index) =>
        words[index].Lower is [.., 's'] && Verbs.MayBe(words[index].Lower) && index + 1 < words.Count
        && (FunctionWords.Determiners.Contains(words[index + 1].Lower) || words[index + 1].Lower is "that" or "how" or "why"
            || (index == 2 && Nouns.Pointing.Contains(words[1].Stem)));

    private static bool EndsNounPhrase(string lower, bool isFirst) =>
        FunctionWords.Contains(lower) || FunctionWords.IsAdverb(lower)
        || (!isFirst && (Verbs.Contains(lower) || lower.EndsWith("ed", StringComparison.Ordinal)));

    /// <summary>"The treaty of 1648" and "the energy released by burning" say which one; "the treaty in 1648" does not.</summary>
    private static bool IsRestricted(string text, List<Word> words, int next)
    {
        if (next >= words.Count || !IsJoined(text, words[next - 1], words[next]))
        {
            return false;
        }

        var (word, after) = (words[next].Lower, next + 1 < words.Count ? words[next + 1] : default);
        return word switch
        {
            "of" or "that" or "which" or "who" or "whose" or "whom" or "where" or "between" or "against" or "called" or "known" => true,
            "to" => after.Lower != "be",
            "for" or "from" or "with" or "within" or "among" => true,
            "in" or "by" or "on" or "at" or "under" => after.Text is not null && !char.IsDigit(after.Text[0]),
            _ => Verbs.IsParticiple(word) && after.Text is not null && after.Lower is "by" or "from" or "in" or "at" or "to",
        };
    }

    private static bool IsJoined(string text, Word one, Word next) =>
        text.AsSpan(one.End, next.Start - one.End).Trim(" \"“'‘").IsEmpty;
}
