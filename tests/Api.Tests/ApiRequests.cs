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

    /// <summary>Posts a body with headers, such as "Prefer: wait=1".</summary>
    public static async Task<HttpResponseMessage> PostAsync(this HttpClient client, string url, string body, params string[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = Json(body) };
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            request.Headers.Add(header[..colon], header[(colon + 1)..].Trim());
        }

        return await client.SendAsync(request, Cancellation);
    }

    /// <summary>Creates a job of the type "echo".</summary>
    public static async Task<Guid> PostEchoAsync(this HttpClient client, string text = "hello", string query = "")
    {
        var response = await client.PostAsync($"/api/jobs/echo{query}", $$"""{"text":"{{text}}"}""");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return await response.JobIdAsync();
    }

    public static async Task<Guid> JobIdAsync(this HttpResponseMessage response) => (await response.ReadAsync()).GetProperty("jobId").GetGuid();

    public static async Task<JsonElement> ReadAsync(this HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation));

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
