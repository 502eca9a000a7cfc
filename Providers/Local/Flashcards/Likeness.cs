using Providers.Local.Lexicon;
using Providers.Local.Reading;

namespace Providers.Local.Flashcards;

/// <summary>When two cards ask the same: measured on the stems of their content words by the Jaccard index.</summary>
internal sealed class Likeness(Card card)
{
    private const double SameQuestion = 0.6;
    private const double NearQuestion = 0.3;
    private const double SameAnswer = 0.6;

    private readonly Card card = card;
    private readonly HashSet<string> question = Stems(card.Question);
    private readonly HashSet<string> answer = Stems(card.Answer);
    private readonly string kind = card.Question.Split(' ')[0];

    public bool IsLike(Likeness other)
    {
        if (card.Sentence.Index == other.card.Sentence.Index && (card.IsCloze || other.card.IsCloze))
        {
            return true;
        }

        var questions = Overlap(question, other.question);
        var answers = Overlap(answer, other.answer);
        var bothCloze = card.IsCloze && other.card.IsCloze;
        return (questions >= SameQuestion && (bothCloze || kind == other.kind || answers > 0.3))
            || (answers >= SameAnswer && (bothCloze || questions >= NearQuestion))
            || string.Equals(card.Question, other.card.Question, StringComparison.OrdinalIgnoreCase);
    }

    private static double Overlap(HashSet<string> one, HashSet<string> other)
    {
        if (one.Count == 0 || other.Count == 0)
        {
            return 0;
        }

        var shared = one.Count(other.Contains);
        return (double)shared / (one.Count + other.Count - shared);
    }

    private static HashSet<string> Stems(string text)
    {
        var content = Words.Of(text).Where(word => !FunctionWords.Contains(word.Lower)).Select(word => word.Stem).ToHashSet();
        return content.Count > 0 ? content : [.. Words.Of(text).Select(word => word.Lower)];
    }
}
