using System.Text.Json;
using Providers.Local.Answers;
using Providers.Local.Embeddings;
using Providers.Local.Reading;

namespace Providers.Local.Tutoring;

/// <summary>
/// Helps a student on: compares what was answered with the sentences of the material that answer the question, and leads there by hints, from what
/// to think of to the sentence itself. Without material, or where it doesn't say, it says so.
/// </summary>
internal sealed class TutorHintSkill : ILocalSkill
{
    private const int MostWords = 3;

    // Of the words of the sentences that answer the question.
    private const double Right = 0.7;
    private const double Partly = 0.3;

    public string SchemaName => "tutor-hint";

    public string Answer(string text, JsonElement schema, CancellationToken cancellationToken)
    {
        var asked = SkillJson.Read<Asked>(text);
        var question = Question.Read(asked.Question, null);
        var found = AnswerFinder.Find(question, Statement.ReadAll([new(1, asked.Material ?? "")], cancellationToken));
        return SkillJson.Write(found.Count == 0 ? WithoutMaterial(asked) : Compare(asked, question, found));
    }

    private static Help WithoutMaterial(Asked asked) => new(
        string.IsNullOrWhiteSpace(asked.Material)
            ? "There is no material to compare the answer with."
            : "The material doesn't say what the question asks for.",
        ["Say in your own words what the question asks for.", "Look for its words in what you have read, and read the sentences around them."],
        "Find the passage that the question is about, and answer from it.",
        "A good question is half of the answer.");

    private static Help Compare(Asked asked, Question question, IReadOnlyList<Statement> found)
    {
        var said = ContentStems.Of(asked.StudentAnswer ?? "");
        var expected = found[0].Stems.Where(stem => !question.Weights.ContainsKey(stem)).ToHashSet(StringComparer.Ordinal);
        var share = expected.Count == 0 ? 1 : (double)expected.Count(said.Contains) / expected.Count;
        string[] missing = [.. found[0].Sentence.Words
            .Where(word => EnglishStem.Of(word.Bare) is var stem && expected.Contains(stem) && !said.Contains(stem))
            .Select(word => word.Text)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(MostWords)];
        if (said.Count == 0)
        {
            return new("There is no answer yet.", HintsOf(found[0], missing), "Try an answer in one sentence.", "Begin with what you are sure of.");
        }

        return share >= Right
            ? new("The answer says what the material says.", [found[0].Sentence.Source], "Go on to the next question.", "Well done.")
            : new(
                share >= Partly ? "The answer has a part of it, and leaves something out." : "The answer says something else than the material.",
                HintsOf(found[0], missing),
                "Answer once more, with what the hints speak of.",
                share >= Partly ? "You are on the way." : "Not there yet, and close to a better answer.");
    }

    private static string[] HintsOf(Statement statement, string[] missing) => missing.Length == 0
        ? [$"The material says: {statement.Sentence.Source}"]
        : [$"Think of this: {string.Join(", ", missing)}.", $"The material says: {statement.Sentence.Source}"];

    private sealed record Asked(string Question, string? StudentAnswer, string? Material);

    private sealed record Help(string Diagnosis, IReadOnlyList<string> Hints, string NextStep, string Encouragement);
}
