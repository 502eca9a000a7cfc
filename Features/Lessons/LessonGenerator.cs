using Features.Jobs;
using Microsoft.Extensions.AI;
using Queueing;

namespace Features.Lessons;

/// <summary>Makes a lesson of a text, and keeps it for the learner.</summary>
internal sealed class LessonGenerator(IChatClient chat) : IJobHandler<GenerateLesson>
{
    public async Task<JobOutcome> HandleAsync(GenerateLesson args, JobContext context, CancellationToken workToken)
    {
        await context.ReportProgressAsync(10, "reading the text", workToken);
        var (lesson, tokens) = await chat.AskAsync<Lesson>(LessonPrompt.Instruction(args), args.Content, LessonPrompt.Options(), workToken);
        if (lesson.Sections.Count == 0)
        {
            return new JobOutcome.Failed("no-usable-content", "The content holds nothing that a lesson can be made from.");
        }

        await context.ReportProgressAsync(90, $"{lesson.Sections.Count} sections made", workToken);
        lesson = lesson with { Title = lesson.Title is { Length: > 0 } title ? title : args.Topic };
        return new JobOutcome.Completed(new LessonResult(lesson, tokens))
        {
            InTransaction = (record, token) => LessonStore.SaveAsync(record.Transaction, context.JobId, context.Owner, args, lesson, token),
        };
    }
}
