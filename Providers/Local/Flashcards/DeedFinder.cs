using System.Collections.Frozen;
using Providers.Local.Lexicon;
using Providers.Local.Reading;

namespace Providers.Local.Flashcards;

/// <summary>"Jane Roe discovered X": who. "X was founded in 1648" and "X began in 1648": when.</summary>
internal sealed class DeedFinder(Page page, Dangling dangling) : ICardFinder
{
    private const int LongestDeed = 16;

    private static readonly FrozenSet<string> Deeds = WordList.Of("""
        discovered invented proposed introduced founded built wrote published defeated developed designed formulated
        painted established coined described isolated demonstrated created explained argued devised measured predicted
        completed pioneered conquered suggested observed identified calculated performed compiled translated suspended sealed issued printed cut signed
        launched found abolished
        """);

    private static readonly FrozenDictionary<string, string> Happenings = new Dictionary<string, string>
    {
        ["began"] = "begin",
        ["ended"] = "end",
        ["started"] = "start",
        ["occurred"] = "occur",
        ["died"] = "die",
        ["opened"] = "open",
        ["closed"] = "close",
        ["erupted"] = "erupt",
        ["collapsed"] = "collapse",
        ["fell"] = "fall",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] Asides = [" while ", " when ", ", at ", ", in "];

    private readonly Vocabulary vocabulary = page.Vocabulary;

    public IEnumerable<Card> Find(Sentence sentence)
    {
        var clause = ClauseReader.Read(sentence, lower =>
            FunctionWords.BeForms.Contains(lower) || Deeds.Contains(lower) || Happenings.ContainsKey(lower));
        if (clause is null || !Subjects.IsWhole(clause.Subject, vocabulary))
        {
            return [];
        }

        var card = Deeds.Contains(clause.Verb) ? Who(clause) : When(clause);
        return card is null ? [] : [card];
    }

    private Card? Who(Clause clause)
    {
        if (!Subjects.IsPersonLike(clause.Subject, vocabulary)
            || Answers.Phrase(BeforeAside(clause.Rest)) is not { } deed
            || Words.Of(deed) is not { Count: > 1 and <= LongestDeed } words
            || !(FunctionWords.Determiners.Contains(words[0].Lower) || words[0].Lower == "that"
                || (words[0].Lower == "in" && words[1].IsNumber) || !FunctionWords.Contains(words[0].Lower))
            || words[0].Lower is "his" or "her" or "their" or "it" or "them"
            || dangling.In($"Somebody {clause.Verb} {deed}", clause.Sentence.Index))
        {
            return null;
        }

        return new Card(Questions.Open(clause.Opening, $"Who {clause.Verb} {deed}?"), clause.Subject, clause.Sentence, 0.85);
    }

    private static string BeforeAside(string rest) =>
        rest[..Asides.Select(aside => rest.IndexOf(aside, StringComparison.Ordinal)).Where(index => index > 0)
            .DefaultIfEmpty(rest.Length).Min()];

    // "The role of X was confirmed in 2011": in what, the sentence does not say.
    private static bool HasVagueHead(string subject)
    {
        var words = Words.Of(subject);
        var of = words.FindIndex(word => word.Lower == "of");
        return of > 0 && Nouns.Vague.Contains(words[of - 1].Lower) && !words[of - 1].IsCapitalised;
    }

    private Card? When(Clause clause)
    {
        var passive = FunctionWords.BeForms.Contains(clause.Verb);
        var words = Words.Of(clause.Rest);
        var verbs = passive ? words.TakeWhile(word => FunctionWords.IsAdverb(word.Lower) || Verbs.IsParticiple(word.Lower)).ToList() : [];
        if (clause.Opening.Length > 0 || HasVagueHead(clause.Subject)
            || (passive ? verbs.Count is 0 or > 3 : !Happenings.ContainsKey(clause.Verb))
            || verbs.Any(word => word.Lower is "not" or "also" or "only")
            || DateAt(clause.Rest, words, verbs.Count) is not var (preposition, date)
            || dangling.In($"{clause.Subject} {clause.Verb} {clause.Rest[..words[preposition].Start]}", clause.Sentence.Index))
        {
            return null;
        }

        var subject = Subjects.Inside(clause.Subject, vocabulary);
        var told = clause.Rest[..words[preposition].Start].Trim();
        var question = passive
            ? $"When {clause.Verb} {subject} {told}?"
            : $"When did {subject} {$"{Happenings[clause.Verb]} {told}".Trim()}?";
        var answer = clause.Rest[words[preposition].Start..(words[preposition + 1].Start + date.Length)];
        return new Card(question, Answers.Capitalise(answer), clause.Sentence, 0.7);
    }

    // "on 6 February 1515" directly, or behind a place: "in Venice on 6 February 1515".
    private static (int Preposition, string Date)? DateAt(string rest, List<Word> words, int start)
    {
        for (var index = start; index + 1 < words.Count && index <= start + 3; index++)
        {
            if (words[index].Lower is "in" or "on" && Answers.Date(rest[words[index + 1].Start..]) is { } date)
            {
                return (index, date);
            }

            if (rest[..words[index].Start].Contains(',') || FunctionWords.Subordinators.Contains(words[index].Lower))
            {
                return null;
            }
        }

        return null;
    }
}
