using System.Numerics.Tensors;
using Features.Courses;
using Microsoft.Extensions.AI;
using Queueing;

namespace Features.Assistants;

/// <summary>Answers a visitor's question from the catalogue of courses.</summary>
internal sealed class LandingAssistant(
    IChatClient chat, CourseCatalogue catalogue, IEmbeddingGenerator<string, Embedding<float>> embeddings) : IJobHandler<AskCatalogue>
{
    private const int Excerpts = 8;

    public async Task<JobOutcome> HandleAsync(AskCatalogue args, JobContext context, CancellationToken workToken)
    {
        var courses = await NearestAsync(await catalogue.ListAsync(workToken), args.Question, workToken);
        var sources = courses.Select((course, index) => new AnswerSource(index + 1, course.Title, TextOf(course))).ToList();
        return new JobOutcome.Completed(await GroundedChat.AskAsync(
            chat, "The excerpts are all of the courses that are offered.", [], sources, args.Question, context, workToken));
    }

    // Each sentence says which course it is about, so that it can be quoted alone.
    private static string TextOf(Course course) => $"""
        The course "{course.Title}" is offered for the level {course.Level} and takes {course.Hours} hours.

        The topics that the course "{course.Title}" teaches are {string.Join(", ", course.Topics.Select(topic => topic.Title))}.

        About the course "{course.Title}": {course.Summary}
        """;

    private async Task<IReadOnlyList<Course>> NearestAsync(IReadOnlyList<Course> courses, string question, CancellationToken cancellationToken)
    {
        if (courses.Count <= Excerpts)
        {
            return courses;
        }

        var vectors = await embeddings.GenerateAsync([question, .. courses.Select(TextOf)], cancellationToken: cancellationToken);
        return [.. courses.Zip(vectors.Skip(1))
            .OrderByDescending(pair => TensorPrimitives.CosineSimilarity(pair.Second.Vector.Span, vectors[0].Vector.Span))
            .Take(Excerpts)
            .Select(pair => pair.First)];
    }
}
