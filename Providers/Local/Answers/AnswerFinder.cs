using System.Collections.Frozen;
using Providers.Local.Embeddings;
using Providers.Local.Lexicon;

namespace Providers.Local.Answers;

/// <summary>
/// Finds the sentences that answer a question: those that hold its words, the rarer ones above all, and that say what such a question is after.
/// Where no sentence holds enough of them, there is no answer.
/// </summary>
internal static class AnswerFinder
{
    private const int Most = 3;

    // The part of the question's words, by weight, that a sentence and those beside it must hold.
    private const double Enough = 0.6;

    // What stands beside the sentence, as its subject does when it goes on with "it", counts less than what stands in it.
    private const double Beside = 0.55;

    // A further sentence must be nearly as good as the best.
    private const double Further = 0.8;

    // Of what the best sentences are apart by: a sentence that says what the question is after.
    private const double OfKind = 0.25;

    private const double Alike = 0.6;

    private static readonly FrozenSet<string> Numbers = WordList.Of(
        "one two three four five six seven eight nine ten hundred thousand million billion once twice half none every any");

    /// <returns>The sentences in the order in which they are to be read; none where the material doesn't say.</returns>
    public static IReadOnlyList<Statement> Find(Question question, IReadOnlyList<Statement> statements)
    {
        var weights = WeightsOf(question, statements);
        var all = weights.Values.Sum();
        if (all == 0)
        {
            return [];
        }

        var ranked = statements
            .Select((statement, index) => (
                Statement: statement,
                Coverage: CoverageOf(statement, index, statements, weights) / all,
                Bonus: Fits(question, statement) ? OfKind : 0))
            .Where(found => found.Coverage >= Enough)
            .OrderByDescending(found => found.Coverage + found.Bonus)
            .ToList();
        List<Statement> chosen = [];
        foreach (var (statement, coverage, bonus) in ranked)
        {
            if (chosen.Count == Most || coverage + bonus < (ranked[0].Coverage + ranked[0].Bonus) * Further)
            {
                break;
            }

            if (!chosen.Any(earlier => IsAlike(earlier, statement)))
            {
                chosen.Add(statement);
            }
        }

        // The best first; what is of the same excerpt follows it as it does there.
        return [.. chosen.GroupBy(statement => statement.Excerpt.Number).SelectMany(group => group.OrderBy(statement => statement.Sentence.Index))];
    }

    // A word that few sentences have tells more; one that none has tells most, and can't be found.
    private static Dictionary<string, double> WeightsOf(Question question, IReadOnlyList<Statement> statements) =>
        question.Weights.ToDictionary(
            word => word.Key,
            word => word.Value * Math.Log(1 + ((statements.Count + 1.0) / (statements.Count(statement => statement.Stems.Contains(word.Key)) + 0.5))),
            StringComparer.Ordinal);

    private static double CoverageOf(Statement statement, int index, IReadOnlyList<Statement> statements, Dictionary<string, double> weights)
    {
        var (before, after) = (index > 0 ? statements[index - 1] : null, index + 1 < statements.Count ? statements[index + 1] : null);
        var inside = 0.0;
        var beside = 0.0;
        foreach (var (stem, weight) in weights)
        {
            if (statement.Stems.Contains(stem))
            {
                inside += weight;
            }
            else if (Holds(before, statement, stem) || Holds(after, statement, stem))
            {
                beside += weight * Beside;
            }
        }

        // Only beside it: then the answer is there, and not here.
        return inside > 0 ? inside + beside : 0;
    }

    private static bool Holds(Statement? neighbour, Statement statement, string stem) =>
        neighbour is not null && neighbour.IsNextTo(statement) && neighbour.Stems.Contains(stem);

    private static bool Fits(Question question, Statement statement) => question.Kind switch
    {
        QuestionKind.WhatIs => Defines(question, statement),
        QuestionKind.Who => statement.Sentence.Words.Skip(1).Any(word => word.IsCapitalised && !question.Weights.ContainsKey(EnglishStem.Of(word.Bare))),
        QuestionKind.When => statement.Sentence.Words.Any(word => word.IsNumber && word.Text.Length == 4),
        QuestionKind.HowMuch => statement.Sentence.Words.Any(word => word.IsNumber || Numbers.Contains(word.Lower)),
        QuestionKind.Why => statement.Sentence.Words.Any(word => word.Lower is "because" or "since" or "so" or "therefore" or "why" or "reason"),
        _ => false,
    };

    // "X is a …" and "X are …" begin with what is asked for.
    private static bool Defines(Question question, Statement statement)
    {
        var verb = statement.Sentence.Words.Index().FirstOrDefault(word => word.Item.Lower is "is" or "are" or "was" or "were" or "means").Index;
        return verb > 0 && question.Weights.Keys.All(stem =>
            statement.Sentence.Words.Take(verb).Any(word => EnglishStem.Of(word.Bare) == stem));
    }

    private static bool IsAlike(Statement one, Statement other)
    {
        var shared = one.Stems.Count(other.Stems.Contains);
        return shared >= Alike * Math.Min(one.Stems.Count, other.Stems.Count);
    }
}
