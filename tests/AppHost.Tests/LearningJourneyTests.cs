using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TestPackages;

namespace AppHost.Tests;

/// <summary>The routes of the learning platform, through every service, with the names that its clients know.</summary>
[Collection(nameof(Topology))] // One at a time: a test here kills parts of the topology that all share.
public sealed class LearningJourneyTests(Topology topology)
{
    private const string Programming = "c0000000-0000-4000-8000-000000000001";
    private const string Polymorphism = "a0000000-0000-4000-8000-000000000004";
    private const string Test = "d0000000-0000-4000-8000-000000000001";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_learner_asks_the_assistant_of_a_course_and_sees_the_answer_written()
    {
        var asked = await PostAsync(topology.Api, "/api/assistant/query", new { courseId = Programming, topicId = Polymorphism, moduleNo = 2, question = "What is polymorphism?" });
        Assert.Equal("PENDING", asked.GetProperty("status").GetString());

        var events = await topology.Api.FollowAsync(asked.GetProperty("eventsUrl").GetString()!);
        var job = await topology.Api.GetFromJsonAsync<JsonElement>($"/api/assistant/job/{asked.GetProperty("jobId")}", Cancellation);

        Assert.Equal("COMPLETED", job.GetProperty("status").GetString());
        var answer = job.GetProperty("result").GetProperty("answer").GetString()!;
        Assert.Contains("objects of many classes", answer, StringComparison.Ordinal);
        Assert.NotEmpty(job.GetProperty("result").GetProperty("sources").EnumerateArray());
        var written = string.Concat(events.Where(item => item.EventType == "delta").Select(item => JsonElement.Parse(item.Data).GetProperty("text").GetString()));
        Assert.True(written.Length == 0 || answer.StartsWith(written, StringComparison.Ordinal), written); // Before the client came they are in the snapshot.

        var session = await topology.Api.GetFromJsonAsync<JsonElement>($"/api/assistant/sessions/{asked.GetProperty("sessionId")}", Cancellation);
        Assert.Equal(["user", "assistant"], session.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("role").GetString()));
    }

    [Fact]
    public async Task A_suggested_question_is_answered_at_once()
    {
        var suggestions = await topology.Api.GetFromJsonAsync<string[]>($"/api/assistant/suggestions?courseId={Programming}", Cancellation);

        using var response = await topology.Api.PostAsJsonAsync(
            "/api/assistant/query", new { courseId = Programming, topicId = Polymorphism, question = suggestions![0] }, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal("COMPLETED", answer.GetProperty("status").GetString());
        Assert.NotEmpty(answer.GetProperty("result").GetProperty("answer").GetString()!);
    }

    [Fact]
    public async Task A_visitor_asks_the_landing_page_without_signing_in()
    {
        using var visitor = topology.ClientOf("api", "nobody");
        visitor.DefaultRequestHeaders.Remove("user-id");

        var asked = await PostAsync(visitor, "/api/landing-assistant/query", new { question = "Which course teaches inheritance?" });
        Assert.Equal("Your question has been queued for processing.", asked.GetProperty("message").GetString());
        await visitor.FollowAsync(asked.GetProperty("eventsUrl").GetString()!);
        var job = await visitor.GetFromJsonAsync<JsonElement>($"/api/landing-assistant/job/{asked.GetProperty("jobId")}", Cancellation);

        Assert.Contains("Object-Oriented Programming", job.GetProperty("result").GetProperty("answer").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manual_is_uploaded_read_and_made_into_cards()
    {
        var pdf = await DebianPdfs.FindAsync("libtasn1-doc", "usr/share/doc/libtasn1-doc/libtasn1.pdf", Cancellation);
        Assert.SkipWhen(pdf is null, "The package libtasn1-doc can't be had.");
        using var form = new MultipartFormDataContent { { new ByteArrayContent(await File.ReadAllBytesAsync(pdf, Cancellation)), "file", "libtasn1.pdf" } };
        using var response = await topology.Api.PostAsync("/api/uploads", form, Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var upload = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);

        var events = await topology.Api.FollowAsync(upload.GetProperty("eventsUrl").GetString()!);
        Assert.Equal("completed", events[^1].EventType);
        var document = await topology.Api.GetFromJsonAsync<JsonElement>($"/api/documents/{upload.GetProperty("documentId")}", Cancellation);
        Assert.Equal(("COMPLETED", "libtasn1", 36), (
            document.GetProperty("status").GetString(), document.GetProperty("title").GetString(), document.GetProperty("pages").GetInt32()));
        Assert.Equal(HttpStatusCode.NotFound, await StatusForAnotherAsync($"/api/documents/{upload.GetProperty("documentId")}"));

        var asked = await PostAsync(topology.Api, $"/api/pdfs/{upload.GetProperty("pdfId")}/flashcards", new { count = 10 });
        await topology.Api.FollowAsync(asked.GetProperty("eventsUrl").GetString()!);
        var job = await topology.Api.GetFromJsonAsync<JsonElement>($"/queue/flashcard-generation/jobs/{asked.GetProperty("jobId")}", Cancellation);
        Assert.Equal(("completed", 100), (job.GetProperty("state").GetString(), job.GetProperty("progress").GetInt32()));
        Assert.Equal(10, job.GetProperty("returnValue").GetProperty("flashcards").GetArrayLength());
        var session = await topology.Api.GetFromJsonAsync<JsonElement>($"/api/pdf-sessions/{asked.GetProperty("sessionId")}", Cancellation);
        Assert.Equal("COMPLETED", session.GetProperty("status").GetString());
    }

    [Fact]
    public async Task What_is_no_document_fails_and_the_document_says_why()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent("%PDF-1.7 and nothing more"u8.ToArray()), "file", "broken.pdf" } };
        using var response = await topology.Api.PostAsync("/api/uploads", form, Cancellation);
        var upload = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);

        await topology.Api.FollowAsync(upload.GetProperty("eventsUrl").GetString()!);

        var document = await topology.Api.GetFromJsonAsync<JsonElement>($"/api/documents/{upload.GetProperty("documentId")}", Cancellation);
        Assert.Equal(("FAILED", "damaged"), (document.GetProperty("status").GetString(), document.GetProperty("error").GetProperty("type").GetString()));
    }

    [Fact]
    public async Task A_test_is_analysed_from_the_answers_of_the_sample()
    {
        var test = await topology.Api.GetFromJsonAsync<JsonElement>($"/api/tests/{Test}", Cancellation);
        Assert.Equal(10, test.GetProperty("questions").GetArrayLength());

        var result = await ResultAsync($"/api/tests/{Test}/analysis", new { });

        Assert.Equal((6, 10), (result.GetProperty("score").GetInt32(), result.GetProperty("maxScore").GetInt32()));
        Assert.Contains("Inheritance", result.GetProperty("weakTopics").EnumerateArray().Select(topic => topic.GetProperty("topic").GetString()));
        Assert.Contains("6 of 10", result.GetProperty("summary").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lesson_is_made_of_a_text()
    {
        var content = JsonElement.Parse(JobClient.ReadmeRequest).GetProperty("content").GetString();

        var result = await ResultAsync("/api/ai/generate-lesson", new { content, subject = "Medicine", topic = "Cells", userId = "test" });

        Assert.NotEmpty(result.GetProperty("lesson").GetProperty("sections").EnumerateArray());
        Assert.NotEmpty(result.GetProperty("lesson").GetProperty("keyTerms").EnumerateArray());
    }

    [Fact]
    public async Task The_tutor_compares_an_answer_with_the_material()
    {
        var result = await ResultAsync("/api/tutor/copilot", new
        {
            question = "What is osmosis?",
            studentAnswer = "Something with salt.",
            material = "Osmosis is the diffusion of water across a membrane that holds back the dissolved substances.",
        });

        Assert.Contains(result.GetProperty("hints").EnumerateArray(), hint => hint.GetString()!.Contains("diffusion of water", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_persona_is_told_by_what_somebody_says()
    {
        var result = await ResultAsync("/api/persona/classify", new { text = "I learn by doing: give me exercises and projects. I want practice with examples from work." });

        Assert.Equal("practitioner", result.GetProperty("persona").GetString());
    }

    [Fact]
    public async Task The_profile_shows_the_sample_and_what_jobs_make_for_the_learner()
    {
        var before = await topology.Api.GetFromJsonAsync<JsonElement>("/api/profile/test", Cancellation);
        Assert.Equal("Tess Tester", before.GetProperty("profile").GetProperty("user").GetProperty("name").GetString());
        Assert.Equal("Object-Oriented Programming", before.GetProperty("profile").GetProperty("progress")[0].GetProperty("title").GetString());

        await ResultAsync("/api/ai/generate-lesson", new { content = JsonElement.Parse(JobClient.ReadmeRequest).GetProperty("content"), subject = "Medicine", topic = "A lesson for the profile" });

        // Another process made it; the API is told when it is committed.
        await Eventually.TrueAsync(async () => (await topology.Api.GetFromJsonAsync<JsonElement>("/api/profile/test", Cancellation))
            .GetProperty("profile").GetProperty("lessons").EnumerateArray().Any(lesson => lesson.GetProperty("topic").GetString() == "A lesson for the profile"));
    }

    [Fact]
    public async Task An_operator_is_told_how_the_system_stands()
    {
        var stats = await topology.Api.GetFromJsonAsync<JsonElement>("/api/queue/stats", Cancellation);
        Assert.Equal(["waiting", "active", "completed", "failed", "delayed"], stats.EnumerateObject().Select(count => count.Name));
        var redis = await topology.Api.GetFromJsonAsync<JsonElement>("/api/redis/health", Cancellation);
        Assert.Equal("connected", redis.GetProperty("redis").GetString());
        Assert.Equal(JsonValueKind.Object, (await topology.Api.GetFromJsonAsync<JsonElement>("/api/circuit-breakers/status", Cancellation)).ValueKind);
        using var health = await topology.Api.GetAsync("/api/health", Cancellation);
        using var worker = topology.ClientOf("worker", "test");
        using var workerHealth = await worker.GetAsync("/health", Cancellation);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (health.StatusCode, workerHealth.StatusCode));
    }

    [Fact]
    public async Task A_waiting_job_is_cancelled_by_its_queues_name()
    {
        var content = JsonElement.Parse(JobClient.ReadmeRequest).GetProperty("content");
        var receipt = await PostAsync(topology.Api, "/api/ai/generate-lesson?delayMs=600000", new { content, subject = "Medicine", topic = "Never" });

        using var cancelled = await topology.Api.DeleteAsync($"/queue/lesson-generation/jobs/{receipt.GetProperty("jobId")}", Cancellation);

        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
        var job = await topology.Api.GetFromJsonAsync<JsonElement>($"/queue/lesson-generation/jobs/{receipt.GetProperty("jobId")}", Cancellation);
        Assert.Equal("failed", job.GetProperty("state").GetString());
    }

    private async Task<JsonElement> ResultAsync(string url, object body)
    {
        var receipt = await PostAsync(topology.Api, url, body);
        await topology.Api.FollowAsync(receipt.GetProperty("eventsUrl").GetString()!);
        var status = await topology.Api.StatusAsync(receipt.GetProperty("statusUrl").GetString()!);
        Assert.True(status.GetProperty("status").GetString() == "completed", status.ToString());
        return status.GetProperty("result");
    }

    private async Task<HttpStatusCode> StatusForAnotherAsync(string url)
    {
        using var other = topology.ClientOf("api", "somebody-else");
        using var response = await other.GetAsync(url, Cancellation);
        return response.StatusCode;
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string url, object body)
    {
        using var response = await client.PostAsJsonAsync(url, body, Cancellation);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync(Cancellation));
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }
}
