using Features.Courses;
using Features.Documents;
using Features.Documents.Search;
using Microsoft.Extensions.AI;
using Queueing;

namespace Features.Assistants;

/// <summary>Answers a learner's question from the material of the course.</summary>
internal sealed class CourseAssistant(
    IChatClient chat,
    CourseCatalogue catalogue,
    AssistantSessions sessions,
    PieceSearch pieces,
    IEmbeddingGenerator<string, Embedding<float>> embeddings) : IJobHandler<AskCourse>
{
    private const int Excerpts = 6;
    private const int Remembered = 8; // Messages.

    // A question of so few words, such as "And why?", is about what was said before.
    private const int FewWords = 4;

    public async Task<JobOutcome> HandleAsync(AskCourse args, JobContext context, CancellationToken workToken)
    {
        if (await catalogue.FindAsync(args.CourseId, workToken) is not { } course)
        {
            return new JobOutcome.Failed("course-gone", "There is no such course any more.");
        }

        await context.ReportProgressAsync(10, "looking through the material", workToken);
        var history = await sessions.ReadAsync(args.SessionId, Remembered, workToken);
        var found = await FindAsync(args.CourseId, InFull(args.Question, history), workToken);
        await context.ReportProgressAsync(40, "answering", workToken);
        var topic = course.Topics.FirstOrDefault(topic => topic.Id == args.TopicId);
        var answer = await GroundedChat.AskAsync(
            chat,
            topic is null ? $"The course is: {course.Title}." : $"The course is: {course.Title}. The learner is at the topic: {topic.Title}.",
            history,
            [.. found.Select((piece, index) => new AnswerSource(index + 1, piece.Title, piece.Text, piece.DocumentId, piece.FirstPage, piece.LastPage))],
            args.Question,
            context,
            workToken);
        answer = answer with { SessionId = args.SessionId };
        return new JobOutcome.Completed(answer)
        {
            InTransaction = (record, token) => AssistantSessions.SaveAsync(record.Transaction, args.SessionId, context.JobId, args.Question, answer, token),
        };
    }

    private async Task<IReadOnlyList<FoundPiece>> FindAsync(Guid courseId, string question, CancellationToken cancellationToken)
    {
        var vector = await embeddings.GenerateAsync(question, cancellationToken: cancellationToken);
        return await pieces.FindAsync(new PieceScope.OfCourse(courseId), question, vector.Vector, embeddings.ModelId, Excerpts, cancellationToken);
    }

    private static string InFull(string question, IReadOnlyList<AssistantMessage> history) =>
        question.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length <= FewWords && history.LastOrDefault(message => message.Role == "user") is { } before
            ? $"{before.Text} {question}"
            : question;
}
