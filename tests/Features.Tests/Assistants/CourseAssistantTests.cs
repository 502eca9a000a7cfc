using System.Text.Json;
using Features.Assistants;
using Features.SampleCourses;
using Npgsql;
using ProviderSimulator;
using ProviderSimulator.Scripts;
using Queueing;

namespace Features.Tests.Assistants;

public sealed class CourseAssistantTests(FeatureHost features)
{
    private static readonly Guid Programming = new("c0000000-0000-4000-8000-000000000001");
    private static readonly Guid Polymorphism = new("a0000000-0000-4000-8000-000000000004");
    private static readonly Guid Biology = new("c0000000-0000-4000-8000-000000000002");
    private static readonly Guid Mitochondria = new("a0000000-0000-4000-8000-000000000013");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("What is polymorphism?", "one piece of code to work with objects of many classes")]
    [InlineData("Who described information hiding?", "Parnas")]
    [InlineData("What does the garbage collector do?", "gives their memory back")]
    public async Task An_answer_comes_from_the_courses_material_and_names_its_sources(string question, string expected)
    {
        await using var worker = await StartAsync();

        var answer = await AskAsync(worker, Programming, Polymorphism, question);

        Assert.True(answer.Answered, answer.Answer);
        Assert.Contains(expected, answer.Answer, StringComparison.Ordinal);
        Assert.All(answer.Sources, source => Assert.Contains($"[{source.Number}]", answer.Answer, StringComparison.Ordinal));
        Assert.All(answer.Sources, source => Assert.Equal("Object-Oriented Programming: the course book", source.Title));
    }

    [Fact]
    public async Task What_another_course_teaches_is_no_material_of_this_one()
    {
        await using var worker = await StartAsync();

        var there = await AskAsync(worker, Biology, Mitochondria, "What is glycolysis?");
        var here = await AskAsync(worker, Programming, Polymorphism, "What is glycolysis?");

        Assert.True(there.Answered, there.Answer);
        Assert.False(here.Answered, here.Answer);
        Assert.Empty(here.Sources);
        Assert.DoesNotContain("glucose", here.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_follows_from_the_one_before_in_its_conversation()
    {
        await using var worker = await StartAsync();
        var session = await OpenAsync(worker, Biology);
        await AskAsync(worker, Biology, Mitochondria, "What is the sodium-potassium pump?", session);

        var second = await AskAsync(worker, Biology, Mitochondria, "How many ions?", session);

        Assert.Contains("three", second.Answer, StringComparison.Ordinal);
        var messages = await worker.Get<AssistantSessions>().ReadAsync(session, 10, Cancellation);
        Assert.Equal(["user", "assistant", "user", "assistant"], messages.Select(message => message.Role));
        Assert.Equal("How many ions?", messages[2].Text);
        Assert.Equal(second.Answer, messages[3].Text);
    }

    [Fact]
    public async Task A_model_is_given_the_excerpts_with_their_numbers_and_pages()
    {
        await using var simulator = await Simulator.StartAsync(new() { AnswerTokens = 10_000 });
        await using var worker = await StartAsync(simulator);
        var session = await OpenAsync(worker, Programming);

        var answer = await AskAsync(worker, Programming, Polymorphism, "What is polymorphism?", session);

        // The simulator repeats the beginning of the last message, whose first content is the first excerpt.
        Assert.StartsWith("[1] Object-Oriented Programming: the course book, page", answer.Answer, StringComparison.Ordinal);
        Assert.Contains(1, answer.Sources.Select(source => source.Number));
    }

    [Fact]
    public async Task A_job_that_is_run_again_leaves_one_question_and_one_answer()
    {
        await using var simulator = await Simulator.StartAsync(new());
        await using var worker = await StartAsync(simulator);
        var session = await OpenAsync(worker, Programming);
        simulator.Script = new() { Faults = [new() { Fault = Fault.Cut, AfterChunks = 5, Next = 1 }] };

        var jobId = await worker.EnqueueAsync(new AskCourse(session, Programming, Polymorphism, "What is polymorphism?"));
        await Eventually.TrueAsync(async () => (await worker.FailuresAsync(jobId)).Count == 1);
        await worker.MakeDueAsync();
        var status = await worker.EndOfAsync(jobId);

        Assert.Equal((JobState.Completed, 2), (status.Status, status.Attempt));
        Assert.Equal(2, (await worker.Get<AssistantSessions>().ReadAsync(session, 10, Cancellation)).Count);
    }

    [Theory]
    [InlineData("Which course teaches inheritance?", "Object-Oriented Programming")]
    [InlineData("Is there a course about cells?", "Cell Biology")]
    public async Task The_landing_pages_assistant_answers_from_the_catalogue(string question, string expected)
    {
        await using var worker = await StartAsync();

        var answer = AnswerOf(await worker.EndOfAsync(await worker.EnqueueAsync(new AskCatalogue(question))));

        Assert.True(answer.Answered, answer.Answer);
        Assert.Contains(expected, answer.Answer, StringComparison.Ordinal);
        Assert.Contains(answer.Sources, source => source.Title == expected);
    }

    private async Task<FeatureWorker> StartAsync(Simulator? simulator = null)
    {
        var worker = await features.StartWorkerAsync(simulator is null ? [] : new()
        {
            ["Chat:Chain:0"] = "openai",
            ["Providers:OpenAI:Endpoint"] = simulator.OpenAI.ToString(),
            ["Providers:OpenAI:Model"] = "any",
        });
        await worker.Get<SampleData>().AddAsync(Cancellation);
        foreach (var job in await worker.OfTypeAsync("pdf-ingestion"))
        {
            await worker.EndOfAsync(job.JobId);
        }

        return worker;
    }

    private static async Task<AssistantAnswer> AskAsync(FeatureWorker worker, Guid courseId, Guid topicId, string question, Guid? session = null) =>
        AnswerOf(await worker.EndOfAsync(await worker.EnqueueAsync(
            new AskCourse(session ?? await OpenAsync(worker, courseId), courseId, topicId, question))));

    private static AssistantAnswer AnswerOf(JobStatus status)
    {
        Assert.True(status.Status == JobState.Completed, status.Error?.Message);
        return status.Result!.Value.Deserialize<AssistantAnswer>(JobJson.Options)!;
    }

    private static async Task<Guid> OpenAsync(FeatureWorker worker, Guid courseId)
    {
        var session = Guid.CreateVersion7();
        await using var connection = await worker.Get<NpgsqlDataSource>().OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await AssistantSessions.OpenAsync(transaction, session, "test", courseId, Cancellation);
        await transaction.CommitAsync(Cancellation);
        return session;
    }
}
