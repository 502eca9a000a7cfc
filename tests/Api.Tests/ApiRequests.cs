using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Api.Tests;

internal static class ApiRequests
{
    public const string Flashcards = "/api/ai/generate-flashcards";

    public static readonly object Valid = new
    {
        content = "A cell is the basic unit of life.",
        subject = "Medicine",
        topic = "Cells",
        userId = "test",
    };

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    public static async Task<Guid> PostValidAsync(this HttpClient client)
    {
        var response = await client.PostAsJsonAsync(Flashcards, Valid, Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return (await response.ReadAsync()).GetProperty("jobId").GetGuid();
    }

    public static async Task<JsonElement> ReadAsync(this HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);

    /// <summary>The problem document of a refusal, after checking what all of them share.</summary>
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage response, HttpStatusCode status, string type)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.ReadAsync();
        Assert.Equal(type, problem.GetProperty("type").GetString());
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("traceId").GetString()!);
        return problem;
    }

    public static IEnumerable<string> BadFields(this JsonElement problem) =>
        problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order();
}
