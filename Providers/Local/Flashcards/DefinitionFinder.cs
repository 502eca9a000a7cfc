using Providers.Local.Lexicon;
using Providers.Local.Reading;

namespace Providers.Local.Flashcards;

/// <summary>"X is a Y that …", "The largest X of Y is Z", "X, also called Y, is …": what and who questions.</summary>
internal sealed class DefinitionFinder(Page page, Dangling dangling) : ICardFinder
{
    private const int LeastWords = 4;

    private readonly Vocabulary vocabulary = page.Vocabulary;

    public IEnumerable<Card> Find(Sentence sentence)
    {
        if (ClauseReader.Read(sentence, FunctionWords.BeForms.Contains) is not { } clause
            || !Subjects.IsWhole(clause.Subject, vocabulary)
            || clause.Subject.StartsWith("There", StringComparison.Ordinal))
        {
            yield break;
        }

        if (Definition(clause) is { } definition)
        {
            yield return definition;
        }

        if (OtherName(clause) is { } otherName)
        {
            yield return otherName;
        }
    }

    private Card? Definition(Clause clause)
    {
        var asksForRole = IsRole(clause.Subject);
        if (Superlative.Names(clause.Rest))
        {
            return Superlative.Card(clause, vocabulary, dangling);
        }

        if (Answers.Phrase(clause.Rest) is not { } answer
            || !(asksForRole ? NamesSomething(answer) : Defines(answer, clause))
            || dangling.In(clause.UpTo(answer), clause.Sentence.Index))
        {
            return null;
        }

        var isPerson = IsPerson(clause, answer);
        var subject = Subjects.Inside(clause.Subject, vocabulary, isName: isPerson || IsPlace(clause, answer));
        var question = $"{(isPerson ? "Who" : "What")} {clause.Verb} {subject}?";
        return new Card(
            Questions.Open(clause.Opening, question), Answers.Capitalise(answer), clause.Sentence, asksForRole ? 0.9 : 1);
    }

    private Card? OtherName(Clause clause)
    {
        var words = Words.Of(clause.Alias);
        var skipped = words.TakeWhile(word => word.Lower is
            "also" or "or" or "sometimes" or "often" or "called" or "known" or "as" or "formerly" or "termed").ToList();
        if (!skipped.Any(word => word.Lower is "called" or "known" or "or") || skipped.Any(word => word.Lower == "formerly")
            || skipped.Count == words.Count
            || Answers.Label(clause.Alias[words[skipped.Count].Start..]) is not { } name
            || name.Length < clause.Alias.Length - words[skipped.Count].Start
            || dangling.In($"{clause.Subject} {clause.Verb}", clause.Sentence.Index))
        {
            return null;
        }

        var question = $"What is another name for {Subjects.Inside(clause.Subject, vocabulary)}?";
        return new Card(question, Answers.Capitalise(name), clause.Sentence, 0.6);
    }

    // "The function of the kidney" may be said in any words; "the kidney" has to be followed by its kind.
    private static bool IsRole(string subject)
    {
        var words = Words.Of(subject);
        return words.Count > 3 && words[0].Lower == "the"
            && words.FindIndex(word => word.Lower is "of" or "in" or "for") is > 1 and var of && of < words.Count - 1
            && !(Nouns.Vague.Contains(words[1].Lower) && words[1].Lower is "result" or "example" or "idea" or "rest" or "majority" or "number");
    }

    private static bool NamesSomething(string answer)
    {
        var words = Words.Of(answer);
        var first = words[0].Lower;
        return words.Count >= 1
            && !FunctionWords.IsAdverb(first)
            && !(FunctionWords.Prepositions.Contains(first) && first != "to")
            && !FunctionWords.Subordinators.Contains(first)
            && !FunctionWords.Pronouns.Contains(first)
            && (first is "the" or "a" or "an" or "to" || words[0].IsCapitalised || Nouns.IsPlural(words[^1].Lower) && !Verbs.IsParticiple(first))
            && !IsVague(words);
    }

    private static bool Defines(string answer, Clause clause)
    {
        var words = Words.Of(answer);
        if (words.Count < LeastWords || IsVague(words))
        {
            return false;
        }

        var kind = clause.IsPlural ? words[0].Lower is "the" || NamesKind(answer, words)
            : words[0].Lower is "a" or "an" or "the" or "any" || (words[0].Lower == "one" && words[1].Lower == "of");
        var own = Words.Of(clause.Subject).Where(word => !FunctionWords.Contains(word.Lower)).ToList();
        var circular = own.Count > 0 && Kind(words).Any(word => Words.SameStem(word, own[^1]));
        return kind && !circular;
    }

    // Behind "are": "small particles that …" but not "small" and not "found in …".
    private static bool NamesKind(string answer, List<Word> words)
    {
        for (var index = 0; index < Math.Min(words.Count, 6); index++)
        {
            var lower = words[index].Lower;
            if (FunctionWords.Prepositions.Contains(lower) || FunctionWords.Subordinators.Contains(lower)
                || lower is "called" or "known" or "than" or "not"
                || (index > 0 && answer[words[index - 1].End] is ';' or ':'))
            {
                return false;
            }

            if (Nouns.IsPlural(lower))
            {
                return true;
            }
        }

        return false;
    }

    // "A membrane-bound organelle" of "a membrane-bound organelle that …".
    private static IEnumerable<Word> Kind(List<Word> words) => words.TakeWhile(word =>
        !FunctionWords.Prepositions.Contains(word.Lower) && !FunctionWords.Subordinators.Contains(word.Lower));

    private static bool IsVague(List<Word> words)
    {
        var head = words.Skip(words[0].Lower is "a" or "an" or "the" ? 1 : 0)
            .SkipWhile(word => word.Lower is
                "good" or "key" or "common" or "classic" or "important" or "famous" or "main" or "most" or "well-known")
            .FirstOrDefault();
        return head.Text is null || head.Lower is "example" or "examples" or "reason" or "reasons" or "matter" or "case" or "result"
            or "same" or "only" or "first" or "second" or "other" or "part" or "opposite" or "exception" or "lot";
    }

    // "Paris is a city": the kind tells that its capital belongs to the word.
    private static bool IsPlace(Clause clause, string answer) =>
        Words.Of(clause.Subject).Count == 1 && !clause.IsPlural
        && Words.Of(answer).Take(6).Any(word => word.Lower is "city" or "town" or "capital" or "country" or "river" or "mountain"
            or "island" or "province" or "planet" or "volcano" or "village" or "continent" or "republic" or "language");

    private bool IsPerson(Clause clause, string answer)
    {
        if (!Subjects.IsPersonLike(clause.Subject, vocabulary))
        {
            return false;
        }

        return Kind(Words.Of(answer)).Any(word => Nouns.IsPerson(word.Lower) || word.Lower.EndsWith("ist", StringComparison.Ordinal));
    }
}
