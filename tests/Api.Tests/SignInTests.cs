using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;

namespace Api.Tests;

/// <summary>Signing in with a token, and what is then one's own.</summary>
public sealed class SignInTests(ApiServers servers)
{
    private static readonly Dictionary<string, string> Key = new() { ["SignIn:Keys:0"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) };

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task A_tokens_caller_has_its_jobs_and_nobody_elses(string environment)
    {
        await using var development = await servers.StartApiAsync(settings: Key);
        await using var api = environment == "Development" ? development : await servers.StartApiAsync(environment, Key);
        var (ada, grace, admin) = (
            api.BearerOf(await TokenAsync(development, "ada")),
            api.BearerOf(await TokenAsync(development, "grace", "user")),
            api.BearerOf(await TokenAsync(development, "root", "admin")));

        var job = await ada.PostEchoAsync();

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(ada, job));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(grace, job));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(admin, job));
        Assert.Equal(HttpStatusCode.NotFound, (await grace.DeleteAsync(new Uri($"/api/jobs/{job}", UriKind.Relative), ApiRequests.Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await ada.PostAsync($"/api/jobs/{job}/retry", "{}")).StatusCode);
        Assert.Equal((1, 0, 1), (await CountAsync(ada), await CountAsync(grace), await CountAsync(admin)));
        await (await ada.PostAsJsonAsync(ApiRequests.Flashcards, ApiRequests.Valid, ApiRequests.Cancellation))
            .ProblemAsync(HttpStatusCode.Forbidden, "/problems/forbidden"); // It asks in another's name.
    }

    [Fact]
    public async Task A_token_that_does_not_hold_reads_nothing_in_Development_either()
    {
        await using var api = await servers.StartApiAsync();
        var client = api.BearerOf("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.");
        client.DefaultRequestHeaders.Add("user-id", "ada");

        using var response = await client.GetAsync("/api/jobs", ApiRequests.Cancellation);

        await response.ProblemAsync(HttpStatusCode.Unauthorized, "/problems/sign-in-required");
        Assert.StartsWith("Bearer error=\"invalid_token\"", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task There_are_no_tokens_for_the_asking_outside_Development(string environment)
    {
        await using var api = await servers.StartApiAsync(environment, Key);

        var client = api.ClientOf(null);

        // Where pages weren't published, a path that nothing but a page could have is known for reading.
        var unknown = await client.PostAsync("/dev/nothing", "{}");
        var response = await client.PostAsync("/dev/token", """{"userId":"ada"}""");

        Assert.Equal((HttpStatusCode.NotFound, unknown.StatusCode), (await GetAsync("/dev/token"), response.StatusCode));
        Assert.False(unknown.IsSuccessStatusCode);

        async Task<HttpStatusCode> GetAsync(string path) => (await client.GetAsync(path, ApiRequests.Cancellation)).StatusCode;
    }

    [Theory]
    [InlineData("{}", "userId")]
    [InlineData("""{"userId":" "}""", "userId")]
    [InlineData("""{"userId":"a\u0000"}""", "userId")]
    [InlineData("""{"userId":"ada","roles":["root"]}""", "roles")]
    [InlineData("""{"userId":"ada","lifetimeMinutes":0}""", "lifetimeMinutes")]
    [InlineData("""{"userId":"ada","lifetimeMinutes":10081}""", "lifetimeMinutes")]
    public async Task A_bad_request_for_a_token_names_the_field(string body, string field)
    {
        await using var api = await servers.StartApiAsync();

        var response = await api.ClientOf(null).PostAsync("/dev/token", body);

        Assert.Equal([field], (await response.ProblemAsync(HttpStatusCode.BadRequest, "/problems/validation")).BadFields());
    }

    [Fact]
    public async Task A_token_says_until_when_it_signs_in_and_is_not_kept_on_its_way()
    {
        await using var api = await servers.StartApiAsync();

        var response = await api.ClientOf(null).PostAsync("/dev/token", """{"userId":"ada","lifetimeMinutes":10080}""");

        Assert.True((await response.ReadAsync()).GetProperty("expiresAt").GetDateTimeOffset() > TimeProvider.System.GetUtcNow());
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task OpenAPI_says_how_to_sign_in_and_where_it_is_asked_for()
    {
        await using var api = await servers.StartApiAsync();

        var document = await (await api.ClientOf(null).GetAsync("/openapi/v1.json", ApiRequests.Cancellation)).ReadAsync();

        var scheme = document.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer");
        Assert.Equal(("http", "bearer"), (scheme.GetProperty("type").GetString(), scheme.GetProperty("scheme").GetString()));
        var paths = document.GetProperty("paths");
        Assert.Equal("""[{"bearer":[]}]""", paths.GetProperty("/api/jobs").GetProperty("get").GetProperty("security").GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal));
        Assert.False(paths.GetProperty("/api/queue/stats").GetProperty("get").TryGetProperty("security", out _));
    }

    private static async Task<string> TokenAsync(ApiHost api, string userId, params string[] roles)
    {
        var response = await api.ClientOf(null).PostAsJsonAsync("/dev/token", new { userId, roles }, ApiRequests.Cancellation);
        return (await response.ReadAsync()).GetProperty("token").GetString()!;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, Guid job) =>
        (await client.GetAsync($"/api/job-status/{job}", ApiRequests.Cancellation)).StatusCode;

    private static async Task<int> CountAsync(HttpClient client) =>
        (await (await client.GetAsync("/api/jobs", ApiRequests.Cancellation)).ReadAsync()).GetProperty("items").GetArrayLength();
}
