using System.Text.Json;

namespace Providers.Local.Advice;

/// <summary>Puts what a test says of a learner into words, by set phrases: every number and name is from the data.</summary>
internal sealed class StudyAdviceSkill : ILocalSkill
{
    private const int MostQuoted = 2;

    public string SchemaName => "study-advice";

    public string Answer(string text, JsonElement schema, CancellationToken cancellationToken)
    {
        var findings = SkillJson.Read<Findings>(text);
        return SkillJson.Write(new Advice(SummaryOf(findings), [.. (findings.Next ?? []).Select(step => AdviceOn(step, findings.WeakTopics ?? []))]));
    }

    private static string SummaryOf(Findings findings)
    {
        var strengths = Names(findings.Strengths);
        var weak = Names(findings.WeakTopics);
        string[] sentences =
        [
            $"You have {findings.Score} of {findings.MaxScore} right in \"{findings.Test}\".",
            strengths.Length > 0 ? $"You are strong in {strengths}." : "",
            weak.Length > 0 ? $"It is worth going over {weak} again."
                : findings.Score == findings.MaxScore ? "There is nothing that you would have to go over again."
                : "No topic is weak; a few questions are left to look at.",
        ];
        return string.Join(' ', sentences.Where(sentence => sentence.Length > 0));
    }

    private static TopicAdvice AdviceOn(Step step, IReadOnlyList<Topic> weak)
    {
        var topic = weak.FirstOrDefault(topic => topic.Name == step.Topic);
        var missed = (topic?.Missed ?? []).Take(MostQuoted).Select(question => $"\"{question}\"").ToArray();
        string[] sentences =
        [
            topic is null ? "" : $"{topic.Correct} of {topic.Asked} were right.",
            step.Lesson is { Length: > 0 } lesson ? $"Study it again: {char.ToLowerInvariant(lesson[0])}{lesson[1..]}" : "Study it again.",
            missed.Length > 0 ? $"Then try {string.Join(" and ", missed)} once more." : "",
        ];
        return new(step.Topic, string.Join(' ', sentences.Where(sentence => sentence.Length > 0)));
    }

    private static string Names(IReadOnlyList<Topic>? topics)
    {
        string[] names = [.. (topics ?? []).Select(topic => topic.Name)];
        return names.Length < 2 ? string.Concat(names) : $"{string.Join(", ", names[..^1])} and {names[^1]}";
    }

    private sealed record Findings(string Test, int Score, int MaxScore, IReadOnlyList<Topic>? Strengths, IReadOnlyList<Topic>? WeakTopics, IReadOnlyList<Step>? Next);

    private sealed record Topic([property: System.Text.Json.Serialization.JsonPropertyName("topic")] string Name, int Correct, int Asked, IReadOnlyList<string>? Missed);

    private sealed record Step(string Topic, string? Lesson);

    private sealed record Advice(string Summary, [property: System.Text.Json.Serialization.JsonPropertyName("advice")] IReadOnlyList<TopicAdvice> Topics);

    private sealed record TopicAdvice(string Topic, string Text);
}
