namespace Features.Assessments;

/// <summary>A test, with the right answers.</summary>
internal sealed record Test(Guid Id, string Title, Guid CourseId, IReadOnlyList<TestQuestion> Questions);

/// <summary>A question of a test.</summary>
internal sealed record TestQuestion(Guid Id, string Question, string[] Choices, string Answer, TestTopic Topic);

/// <summary>What a question is about.</summary>
internal sealed record TestTopic(Guid Id, string Title, string Summary, int Position);
