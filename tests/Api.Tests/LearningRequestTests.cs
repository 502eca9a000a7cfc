using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Api.Tests;

/// <summary>What is refused of the learning platform's requests, by which name; and what belongs to whom.</summary>
public sealed class LearningRequestTests(ApiServers servers)
{
    private static readonly Guid Course = Guid.NewGuid();
    private static readonly Guid Topic = Guid.NewGuid();
    private static readonly Guid Test = Guid.NewGuid();
    private static readonly Guid Question = Guid.NewGuid();

    private static readonly byte[] Pdf = "%PDF-1.7 of no matter what"u8.ToArray();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_no_pdf_is_refused_and_nothing_is_kept_of_it()
    {
        await using var api = await servers.StartApiAsync();
        using var client = api.ClientOf("ann");

        using var response = await UploadAsync(client, "GIF89a"u8.ToArray());

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains("a PDF", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(0L, await CountAsync(api, "stored_file"));
    }

    [Theory]
    [InlineData("ann", "courseId", HttpStatusCode.Forbidden)]
    [InlineData("root", "courseId", HttpStatusCode.BadRequest)]
    public async Task Only_an_administrator_adds_to_a_course_that_there_is(string user, string field, HttpStatusCode expected)
    {
        await using var api = await servers.StartApiAsync();
        using var client = api.ClientOf(user, user == "root" ? "admin" : null);

        using var response = await UploadAsync(client, Pdf, (field, Guid.NewGuid().ToString()));

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal((0L, 0L), (await CountAsync(api, "stored_file"), await CountAsync(api, "document")));
    }

    [Fact]
    public async Task An_upload_that_is_sent_again_with_its_key_gives_the_first_one_back()
    {
        await using var api = await servers.StartApiAsync();
        using var client = api.ClientOf("ann");
        client.DefaultRequestHeaders.Add("Idempotency-Key", "k");

        var first = await JsonAsync(await UploadAsync(client, Pdf));
        var again = await JsonAsync(await UploadAsync(client, Pdf));
        using var other = await UploadAsync(client, [.. Pdf, 1]);

        foreach (var name in new[] { "jobId", "documentId", "pdfId" })
        {
            Assert.Equal(first.GetProperty(name).GetGuid(), again.GetProperty(name).GetGuid());
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Equal((1L, 1L), (await CountAsync(api, "stored_file"), await CountAsync(api, "document")));
    }

    [Fact]
    public async Task Anothers_document_its_cards_and_their_sessions_do_not_exist()
    {
        await using var api = await servers.StartApiAsync();
        using var ann = api.ClientOf("ann");
        using var bob = api.ClientOf("bob");
        var upload = await JsonAsync(await UploadAsync(ann, Pdf));
        var cards = await JsonAsync(await ann.PostAsJsonAsync($"/api/pdfs/{upload.GetProperty("pdfId")}/flashcards", new { }, Cancellation));

        using var document = await bob.GetAsync($"/api/documents/{upload.GetProperty("documentId")}", Cancellation);
        using var asked = await bob.PostAsJsonAsync($"/api/pdfs/{upload.GetProperty("pdfId")}/flashcards", new { }, Cancellation);
        using var session = await bob.GetAsync($"/api/pdf-sessions/{cards.GetProperty("sessionId")}", Cancellation);
        using var own = await ann.GetAsync($"/api/pdf-sessions/{cards.GetProperty("sessionId")}", Cancellation);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (document.StatusCode, asked.StatusCode, session.StatusCode));
        Assert.Equal("PENDING", (await JsonAsync(own)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_question_is_refused_by_the_name_of_what_is_wrong_with_it()
    {
        await using var api = await servers.StartApiAsync();
        await TeachAsync(api);
        using var ann = api.ClientOf("ann");
        using var bob = api.ClientOf("bob");
        var asked = await JsonAsync(await ann.PostAsJsonAsync("/api/assistant/query", new { courseId = Course, topicId = Topic, question = "What is osmosis?" }, Cancellation));

        await RefusedAsync(ann, new { topicId = Topic, question = "?" }, "courseId");
        await RefusedAsync(ann, new { courseId = Guid.NewGuid(), topicId = Topic, question = "?" }, "courseId");
        await RefusedAsync(ann, new { courseId = Course, topicId = Guid.NewGuid(), question = "?" }, "topicId");
        await RefusedAsync(ann, new { courseId = Course, topicId = Topic, moduleNo = 7, question = "?" }, "topicId");
        await RefusedAsync(ann, new { courseId = Course, topicId = Topic, question = "" }, "question");
        await RefusedAsync(ann, new { courseId = Course, topicId = Topic, question = "a\0b" }, "question");
        await RefusedAsync(bob, new { courseId = Course, topicId = Topic, question = "?", sessionId = asked.GetProperty("sessionId").GetGuid() }, "sessionId");
    }

    [Fact]
    public async Task Anothers_question_and_conversation_do_not_exist()
    {
        await using var api = await servers.StartApiAsync();
        await TeachAsync(api);
        using var ann = api.ClientOf("ann");
        using var bob = api.ClientOf("bob");
        var asked = await JsonAsync(await ann.PostAsJsonAsync("/api/assistant/query", new { courseId = Course, topicId = Topic, question = "What is osmosis?" }, Cancellation));

        using var job = await bob.GetAsync($"/api/assistant/job/{asked.GetProperty("jobId")}", Cancellation);
        using var session = await bob.GetAsync($"/api/assistant/sessions/{asked.GetProperty("sessionId")}", Cancellation);
        using var landing = await bob.GetAsync($"/api/landing-assistant/job/{asked.GetProperty("jobId")}", Cancellation);
        var own = await ann.GetFromJsonAsync<JsonElement>($"/api/assistant/job/{asked.GetProperty("jobId")}", Cancellation);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (job.StatusCode, session.StatusCode, landing.StatusCode));
        Assert.Equal("PENDING", own.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("What is a cell?")]
    [InlineData("  what is a CELL ")]
    public async Task A_prepared_answer_is_given_without_a_job_and_kept_in_the_conversation(string question)
    {
        await using var api = await servers.StartApiAsync();
        await TeachAsync(api);
        using var ann = api.ClientOf("ann");

        using var response = await ann.PostAsJsonAsync("/api/assistant/query", new { courseId = Course, topicId = Topic, question }, Cancellation);
        var answer = await JsonAsync(response);

        Assert.Equal((HttpStatusCode.OK, "The smallest unit of life."), (response.StatusCode, answer.GetProperty("result").GetProperty("answer").GetString()));
        var session = await ann.GetFromJsonAsync<JsonElement>($"/api/assistant/sessions/{answer.GetProperty("sessionId")}", Cancellation);
        Assert.Equal(2, session.GetProperty("messages").GetArrayLength());
        Assert.Equal(0L, await CountAsync(api, "job"));
    }

    [Fact]
    public async Task Answers_to_a_test_are_refused_by_their_place()
    {
        await using var api = await servers.StartApiAsync();
        await TeachAsync(api);
        using var ann = api.ClientOf("ann");
        var url = $"/api/tests/{Test}/analysis";

        using var none = await ann.PostAsJsonAsync(url, new { }, Cancellation);
        using var wrong = await ann.PostAsJsonAsync(url, new { answers = new object[] { new { questionId = Question, answer = "c" }, new { questionId = Guid.NewGuid(), answer = "a" } } }, Cancellation);
        using var right = await ann.PostAsJsonAsync(url, new { answers = new object[] { new { questionId = Question, answer = "a" } } }, Cancellation);
        using var kept = await ann.PostAsJsonAsync(url, new { }, Cancellation);
        using var unknown = await ann.PostAsJsonAsync($"/api/tests/{Guid.NewGuid()}/analysis", new { }, Cancellation);

        Assert.Equal(["answers"], await FieldsAsync(none));
        Assert.Equal(["answers[0].answer", "answers[1].questionId"], await FieldsAsync(wrong));
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.NotFound), (right.StatusCode, kept.StatusCode, unknown.StatusCode));
    }

    [Fact]
    public async Task The_right_answers_of_a_test_are_not_shown()
    {
        await using var api = await servers.StartApiAsync();
        await TeachAsync(api);
        using var ann = api.ClientOf("ann");

        var question = (await ann.GetFromJsonAsync<JsonElement>($"/api/tests/{Test}", Cancellation)).GetProperty("questions")[0];

        Assert.Equal(["questionId", "question", "choices"], question.EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public async Task A_job_is_found_by_its_own_queue_alone_and_cancelled_there()
    {
        await using var api = await servers.StartApiAsync();
        using var ann = api.ClientOf("ann");
        using var bob = api.ClientOf("bob");
        var jobId = (await JsonAsync(await UploadAsync(ann, Pdf))).GetProperty("jobId").GetGuid();

        using var elsewhere = await ann.GetAsync($"/queue/test-analysis/jobs/{jobId}", Cancellation);
        using var anothers = await bob.DeleteAsync($"/queue/pdf-ingestion/jobs/{jobId}", Cancellation);
        using var cancelled = await ann.DeleteAsync($"/queue/pdf-ingestion/jobs/{jobId}", Cancellation);
        var job = await ann.GetFromJsonAsync<JsonElement>($"/queue/pdf-ingestion/jobs/{jobId}", Cancellation);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.OK), (elsewhere.StatusCode, anothers.StatusCode, cancelled.StatusCode));
        Assert.Equal(("failed", "The job was cancelled.", 0), (
            job.GetProperty("state").GetString(), job.GetProperty("failedReason").GetString(), job.GetProperty("attemptsMade").GetInt32()));
    }

    [Theory]
    [InlineData("pdf-ingestion")]
    [InlineData("generate-pdf-flashcards")]
    [InlineData("assistant-query")]
    [InlineData("test-analysis")]
    public async Task Nobody_names_anothers_things_by_the_types_name(string type)
    {
        await using var api = await servers.StartApiAsync();
        using var ann = api.ClientOf("ann");

        using var response = await ann.PostAsJsonAsync($"/api/jobs/{type}", new { }, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static async Task RefusedAsync(HttpClient client, object body, string field)
    {
        using var response = await client.PostAsJsonAsync("/api/assistant/query", body, Cancellation);
        Assert.Equal([field], await FieldsAsync(response));
    }

    private static async Task<IEnumerable<string>> FieldsAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        return (await JsonAsync(response)).GetProperty("errors").EnumerateObject().Select(error => error.Name);
    }

    private static async Task<HttpResponseMessage> UploadAsync(HttpClient client, byte[] bytes, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/pdf") } }, "file", "book.pdf" } };
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        return await client.PostAsync("/api/uploads", form, Cancellation);
    }

    private static Task<JsonElement> JsonAsync(HttpResponseMessage response) => response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);

    private static async Task TeachAsync(ApiHost api)
    {
        await using var command = api.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand($"""
            insert into course values ('{Course}', 'Biology', 'Cells.', 'beginner', 1, 1);
            insert into topic values ('{Topic}', '{Course}', 1, 'Cells', 'What cells are.', 1);
            insert into suggestion values (gen_random_uuid(), '{Course}', 'What is a cell?', 'The smallest unit of life.', 1);
            insert into test values ('{Test}', '{Course}', 'A test');
            insert into test_question values ('{Question}', '{Test}', '{Topic}', 1, 'Which?', array['a', 'b'], 'a');
            """);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private static async Task<long> CountAsync(ApiHost api, string table)
    {
        await using var command = api.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand($"select count(*) from {table}");
        return (long)(await command.ExecuteScalarAsync(Cancellation))!; // A count is there.
    }
}
