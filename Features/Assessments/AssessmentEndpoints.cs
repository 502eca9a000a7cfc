using Features.Courses;
using Features.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Queueing;

namespace Features.Assessments;

/// <summary>Tests, and what their answers say.</summary>
public static class AssessmentEndpoints
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Adds the job type "test-analysis". Needs the queue; a worker needs a chat model too.</summary>
        public void AddAssessments()
        {
            builder.AddCourses();
            builder.Services.AddSingleton<TestStore>();
            builder.AddJob<AnalyseTest, TestAnalyser>("test-analysis", options =>
            {
                options.Queue = "test-analysis";
                options.IsInternal = true; // What the answers may be, the endpoint has judged.
            });
        }
    }

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>GET /api/tests/{testId}</c> and <c>POST /api/tests/{testId}/analysis</c>.</summary>
        public void MapAssessments()
        {
            var tests = routes.MapGroup("/api/tests/{testId:guid}").WithTags("Tests");
            tests.MapGet("", GetAsync);
            tests.MapPost("/analysis", AnalyseAsync);
        }
    }

    private static async Task<Results<Ok<TestView>, NotFound>> GetAsync(Guid testId, TestStore tests, CancellationToken cancellationToken) =>
        await tests.FindAsync(testId, cancellationToken) is { } test
            ? TypedResults.Ok(new TestView(
                test.Id, test.CourseId, test.Title, [.. test.Questions.Select(question => new TestViewQuestion(question.Id, question.Question, question.Choices))]))
            : TypedResults.NotFound();

    private static async Task<JobAnswer> AnalyseAsync(
        Guid testId, AnalysisRequest? asked, EnqueueRequest request, TestStore tests, CancellationToken cancellationToken)
    {
        if (await tests.FindAsync(testId, cancellationToken) is not { } test)
        {
            return TypedResults.Problem("There is no such test.", statusCode: StatusCodes.Status404NotFound);
        }

        if (asked?.Answers is { } given)
        {
            return Judge(test, given) is { Count: > 0 } errors
                ? TypedResults.ValidationProblem(errors)
                : await request.AcceptAsync(
                    new AnalyseTest(testId, given),
                    (transaction, _) => TestStore.SaveAnswersAsync(transaction, request.Owner, given, CancellationToken.None),
                    (_, receipt) => new(receipt));
        }

        var kept = await tests.ReadAnswersAsync(testId, request.Owner, cancellationToken);
        return kept.Count > 0
            ? await request.AcceptAsync(new AnalyseTest(testId, kept))
            : TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["answers"] = ["Expected answers: none are kept from before."] });
    }

    private static Dictionary<string, string[]> Judge(Test test, IReadOnlyList<GivenAnswer> answers)
    {
        var questions = test.Questions.ToDictionary(question => question.Id);
        var errors = new Dictionary<string, string[]>();
        var seen = new HashSet<Guid>();
        for (var index = 0; index < answers.Count; index++)
        {
            var id = answers[index].QuestionId!.Value; // Required.
            if (!questions.TryGetValue(id, out var question))
            {
                errors[$"answers[{index}].questionId"] = ["Expected the id of a question of this test."];
            }
            else if (!seen.Add(id))
            {
                errors[$"answers[{index}].questionId"] = ["Expected one answer to a question."];
            }
            else if (!question.Choices.Contains(answers[index].Answer, StringComparer.Ordinal))
            {
                errors[$"answers[{index}].answer"] = ["Expected one of the question's choices."];
            }
        }

        return errors;
    }
}

/// <summary>A test as a learner sees it.</summary>
public sealed record TestView(Guid TestId, Guid CourseId, string Title, IReadOnlyList<TestViewQuestion> Questions);

/// <summary>A question of a test, and what can be answered.</summary>
public sealed record TestViewQuestion(Guid QuestionId, string Question, IReadOnlyList<string> Choices);
