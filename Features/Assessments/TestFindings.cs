namespace Features.Assessments;

/// <summary>What the answers to a test say, counted and not guessed.</summary>
internal sealed record TestFindings(int Score, int MaxScore, IReadOnlyList<TopicFinding> Strengths, IReadOnlyList<TopicFinding> WeakTopics, IReadOnlyList<NextStep> Next)
{
    // Of a topic's questions.
    private const double Strong = 0.8;
    private const double Weak = 0.6;

    /// <summary>Judges a test topic by topic. A question without an answer counts as a wrong one.</summary>
    public static TestFindings Of(Test test, IReadOnlyList<GivenAnswer> answers)
    {
        var given = answers.ToDictionary(answer => answer.QuestionId!.Value, answer => answer.Answer); // Required.
        var topics = test.Questions
            .GroupBy(question => question.Topic)
            .OrderBy(topic => topic.Key.Position)
            .Select(topic =>
            {
                TestQuestion[] missed = [.. topic.Where(question => given.GetValueOrDefault(question.Id) != question.Answer)];
                return (
                    Topic: topic.Key,
                    Finding: new TopicFinding(topic.Key.Id, topic.Key.Title, topic.Count() - missed.Length, topic.Count(), [.. missed.Select(question => question.Question)]));
            })
            .ToList();
        var weak = topics.Where(topic => topic.Finding.Share < Weak).OrderBy(topic => topic.Finding.Share).ToList();
        var next = weak.Count > 0 ? weak : [.. topics.Where(topic => topic.Finding.Share < 1).OrderBy(topic => topic.Finding.Share)];
        return new(
            topics.Sum(topic => topic.Finding.Correct),
            test.Questions.Count,
            [.. topics.Select(topic => topic.Finding).Where(finding => finding.Share >= Strong)],
            [.. weak.Select(topic => topic.Finding)],
            [.. next.Select(topic => new NextStep(topic.Topic.Id, topic.Topic.Title, topic.Topic.Summary))]);
    }
}

/// <summary>How a learner did at a topic.</summary>
/// <param name="TopicId">The topic.</param>
/// <param name="Topic">Its title.</param>
/// <param name="Correct">How many answers are right.</param>
/// <param name="Asked">How many questions there are.</param>
/// <param name="Missed">The questions without a right answer.</param>
public sealed record TopicFinding(Guid TopicId, string Topic, int Correct, int Asked, IReadOnlyList<string> Missed)
{
    internal double Share => (double)Correct / Asked;
}

/// <summary>What to study next: the weakest topic first.</summary>
/// <param name="TopicId">The topic.</param>
/// <param name="Topic">Its title.</param>
/// <param name="Lesson">What it is about.</param>
public sealed record NextStep(Guid TopicId, string Topic, string Lesson);
