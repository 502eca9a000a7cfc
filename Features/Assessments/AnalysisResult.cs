namespace Features.Assessments;

/// <summary>What a test says of a learner: counted from the answers, and worded by a model.</summary>
/// <param name="TestId">The test.</param>
/// <param name="Title">Its title.</param>
/// <param name="Score">How many answers are right.</param>
/// <param name="MaxScore">How many questions there are.</param>
/// <param name="Strengths">The topics with four of five right or more.</param>
/// <param name="WeakTopics">The topics with less than three of five right, the weakest first.</param>
/// <param name="Next">What to study next, in this order.</param>
/// <param name="Summary">The same for people.</param>
/// <param name="Advice">What to do about a topic.</param>
/// <param name="TokenUsage">The tokens that the words took, read and written.</param>
public sealed record AnalysisResult(
    Guid TestId,
    string Title,
    int Score,
    int MaxScore,
    IReadOnlyList<TopicFinding> Strengths,
    IReadOnlyList<TopicFinding> WeakTopics,
    IReadOnlyList<NextStep> Next,
    string Summary,
    IReadOnlyList<TopicAdvice> Advice,
    long TokenUsage);

/// <summary>What to do about a topic.</summary>
public sealed record TopicAdvice(string Topic, string Text);

/// <summary>What a model is asked for.</summary>
internal sealed record StudyAdvice(string Summary, IReadOnlyList<TopicAdvice> Advice);
