using Microsoft.Extensions.AI;

namespace Providers.Local.Answers;

/// <summary>
/// Answers a question from the material that comes with it, in the material's own sentences. The contents of the last user message are the
/// excerpts, each "[1] Title" on a line and its text below, and after them the question; a question alone has no material.
/// </summary>
internal static class AnswerWriter
{
    /// <summary>What is said where the material holds no answer.</summary>
    public const string NoAnswer = "The material doesn't say.";

    public static string Write(IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken)
    {
        var users = messages.Where(message => message.Role == ChatRole.User).ToList();
        var contents = users[^1].Contents.OfType<TextContent>().Select(content => content.Text).ToList(); // The caller has found one.
        var excerpts = contents.SkipLast(1).Select(Excerpt.Read).OfType<Excerpt>();
        var before = users.Count > 1 ? users[^2].Contents.OfType<TextContent>().LastOrDefault()?.Text : null;
        var question = Question.Read(contents.LastOrDefault() ?? "", before);
        var found = AnswerFinder.Find(question, Statement.ReadAll(excerpts, cancellationToken));
        return found.Count == 0 ? NoAnswer : string.Join(' ', found.Select(statement => $"{statement.Sentence.Source} [{statement.Excerpt.Number}]"));
    }
}
