using System.Net;
using System.Text.Json;

namespace Api.Tests;

public sealed class JobListTests(ApiServers servers)
{
    [Fact]
    public async Task Pages_follow_each_other_from_the_newest_to_the_oldest()
    {
        await using var api = await servers.StartApiAsync();
        var client = api.ClientOf("test");
        var posted = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            posted.Add(await client.PostEchoAsync());
        }

        var listed = new List<Guid>();
        var sizes = new List<int>();
        string? cursor = null;
        do
        {
            var page = await ListAsync(client, $"?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            listed.AddRange(IdsOf(page));
            sizes.Add(page.GetProperty("items").GetArrayLength());
            cursor = page.GetProperty("nextCursor").GetString();
            await client.PostEchoAsync(); // A new job moves no page.
        }
        while (cursor is not null);

        posted.Reverse();
        Assert.Equal(posted, listed);
        Assert.Equal([2, 2, 1], sizes);
    }

    [Fact]
    public async Task A_page_that_is_just_full_is_the_last()
    {
        await using var api = await servers.StartApiAsync();
        var client = api.ClientOf("test");
        await client.PostEchoAsync();

        var page = await ListAsync(client, "?limit=1");

        Assert.Equal(JsonValueKind.Null, page.GetProperty("nextCursor").ValueKind);
        Assert.Equal(
            "jobId type queue status progress attempt maxAttempts priority createdAt runAt startedAt finishedAt result error usage",
            string.Join(' ', page.GetProperty("items")[0].EnumerateObject().Select(property => property.Name)));
    }

    [Fact]
    public async Task Jobs_are_found_by_state_and_by_type()
    {
        await using var api = await servers.StartApiAsync();
        var client = api.ClientOf("test");
        var waiting = await client.PostEchoAsync();
        var delayed = await client.PostEchoAsync(query: "?delayMs=3600000");
        var cards = await client.PostValidAsync();

        Assert.Equal([cards, waiting], IdsOf(await ListAsync(client, "?state=waiting")));
        Assert.Equal([delayed], IdsOf(await ListAsync(client, "?state=delayed")));
        Assert.Equal([cards], IdsOf(await ListAsync(client, "?type=generate-flashcards")));
        Assert.Empty(IdsOf(await ListAsync(client, "?state=failed&type=echo")));
    }

    [Fact]
    public async Task A_caller_sees_its_own_jobs_and_an_administrator_everybodys()
    {
        await using var api = await servers.StartApiAsync();
        var own = await api.ClientOf("test").PostEchoAsync();
        var other = await api.ClientOf("somebody").PostEchoAsync();
        var admin = api.ClientOf("root", role: "admin");

        Assert.Equal([own], IdsOf(await ListAsync(api.ClientOf("test"), "")));
        Assert.Equal([own], IdsOf(await ListAsync(api.ClientOf("test"), "?owner=test")));
        Assert.Equal([other, own], IdsOf(await ListAsync(admin, "")));
        Assert.Equal([other], IdsOf(await ListAsync(admin, "?owner=somebody")));
        var refused = await api.ClientOf("test").GetAsync("/api/jobs?owner=somebody", ApiRequests.Cancellation);
        await refused.ProblemAsync(HttpStatusCode.Forbidden, "/problems/forbidden");
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync($"/api/jobs/{own}", ApiRequests.Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("test")]
    [InlineData(null)]
    public async Task Outside_Development_the_headers_make_nobody_an_administrator(string? user)
    {
        await using var api = await servers.StartApiAsync(environment: "Production");

        var response = await api.ClientOf(user, role: "admin").GetAsync("/api/jobs", ApiRequests.Cancellation);

        await response.ProblemAsync(HttpStatusCode.Unauthorized, "/problems/sign-in-required");
    }

    [Theory]
    [InlineData("state=done", "state")]
    [InlineData("type=nonsense", "type")]
    [InlineData("type=%00", "type")]
    [InlineData("owner=%00", "owner")]
    [InlineData("owner=", "owner")]
    [InlineData("cursor=abc", "cursor")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=many&state=&cursor=", "cursor limit state")]
    public async Task A_bad_parameter_is_refused_by_its_name(string query, string names)
    {
        await using var api = await servers.StartApiAsync();

        var response = await api.ClientOf("root", role: "admin").GetAsync($"/api/jobs?{query}", ApiRequests.Cancellation);

        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest, "/problems/validation");
        Assert.Equal(names, string.Join(' ', problem.BadFields()));
    }

    private static async Task<JsonElement> ListAsync(HttpClient client, string query)
    {
        var response = await client.GetAsync($"/api/jobs{query}", ApiRequests.Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.ReadAsync();
    }

    private static List<Guid> IdsOf(JsonElement page) =>
        [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("jobId").GetGuid())];
}
