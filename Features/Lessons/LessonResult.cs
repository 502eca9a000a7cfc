namespace Features.Lessons;

/// <summary>The result of a job: the lesson, and the tokens that making it took, read and written.</summary>
public sealed record LessonResult(Lesson Lesson, long TokenUsage);

/// <summary>A lesson.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Summary">What it is about, in a few sentences.</param>
/// <param name="Sections">Its parts, in order.</param>
/// <param name="KeyTerms">The terms that it explains.</param>
/// <param name="Questions">Questions to check oneself by.</param>
public sealed record Lesson(
    string Title,
    string Summary,
    IReadOnlyList<LessonSection> Sections,
    IReadOnlyList<LessonTerm> KeyTerms,
    IReadOnlyList<LessonQuestion> Questions);

/// <summary>A part of a lesson.</summary>
/// <param name="Heading">Its heading.</param>
/// <param name="Text">What is taught.</param>
/// <param name="KeyPoints">What is to be kept of it.</param>
public sealed record LessonSection(string Heading, string Text, IReadOnlyList<string> KeyPoints);

/// <summary>A term.</summary>
public sealed record LessonTerm(string Term, string Definition);

/// <summary>A question.</summary>
public sealed record LessonQuestion(string Question, string Answer);
