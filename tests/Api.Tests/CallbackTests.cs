using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Api.Tests;

/// <summary>Calling back, as a client of the API sees it.</summary>
public sealed class CallbackTests(ApiServers servers)
{
    private const string Url = "?callbackUrl=http%3A%2F%2Flocalhost%3A1%2Fhook";

    [Theory]
    [InlineData("/api/jobs/echo")]
    [InlineData("/api/ai/generate-flashcards")]
    public async Task When_the_job_ends_a_call_is_the_callers_next_job(string route)
    {
        await using var api = await servers.StartApiAsync();
        var client = api.ClientOf("test");
        var body = route.EndsWith("echo", StringComparison.Ordinal) ? """{"text":"hello"}""" : JsonSerializer.Serialize(ApiRequests.Valid);
        var jobId = await (await client.PostAsync(route + Url, body)).JobIdAsync();
        Assert.Equal(0, await CallsAsync(client));

        await client.DeleteAsync(new Uri($"/api/jobs/{jobId}", UriKind.Relative), ApiRequests.Cancellation);

        Assert.Equal((1, 0), (await CallsAsync(client), await CallsAsync(api.ClientOf("somebody"))));
    }

    [Fact]
    public async Task Clients_can_not_make_calls_by_the_types_name_nor_read_of_it()
    {
        await using var api = await servers.StartApiAsync();
        var client = api.ClientOf("test");

        foreach (var url in new[] { "/api/jobs/post-callback", "/api/jobs/post-callback/batch" })
        {
            var response = await client.PostAsync(url, """{"jobId":"00000000-0000-0000-0000-000000000000","url":"http://localhost/"}""");
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }

        var description = await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), ApiRequests.Cancellation);
        Assert.DoesNotContain("PostCallback", description, StringComparison.Ordinal);
        Assert.Contains("\"callbackUrl\"", description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_caller_has_secrets_of_its_own_that_stay()
    {
        await using var api = await servers.StartApiAsync();

        var first = await SecretsAsync(api, "test");
        var again = await SecretsAsync(api, "test");
        var others = await SecretsAsync(api, "somebody");

        Assert.Equal(first, again);
        Assert.NotEqual(first, others);
        Assert.StartsWith("whsec_", first, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await api.ClientOf(null).GetAsync(Secrets, ApiRequests.Cancellation)).StatusCode);
    }

    private static Uri Secrets => new("/api/webhook-secrets", UriKind.Relative);

    private static async Task<string> SecretsAsync(ApiHost api, string user)
    {
        var response = await api.ClientOf(user).GetAsync(Secrets, ApiRequests.Cancellation);
        Assert.True(response.Headers.CacheControl!.NoStore);
        return Assert.Single((await response.Content.ReadFromJsonAsync<JsonElement>(ApiRequests.Cancellation)).GetProperty("secrets").EnumerateArray()).GetString()!;
    }

    private static async Task<int> CallsAsync(HttpClient client) =>
        (await client.GetFromJsonAsync<JsonElement>(new Uri("/api/jobs?type=post-callback", UriKind.Relative), ApiRequests.Cancellation)).GetProperty("items").GetArrayLength();
}
