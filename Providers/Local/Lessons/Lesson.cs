namespace Providers.Local.Lessons;

/// <summary>A lesson, all of it in the text's own sentences.</summary>
internal sealed record Lesson(
    string Title, string Summary, IReadOnlyList<LessonSection> Sections, IReadOnlyList<KeyTerm> KeyTerms, IReadOnlyList<LessonQuestion> Questions);

internal sealed record LessonSection(string Heading, string Text, IReadOnlyList<string> KeyPoints);

internal sealed record KeyTerm(string Term, string Definition);

internal sealed record LessonQuestion(string Question, string Answer);
