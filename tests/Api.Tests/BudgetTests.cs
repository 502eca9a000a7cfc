using System.Net;
using System.Text.Json;

namespace Api.Tests;

/// <summary>The budget, as an administrator sees and changes it.</summary>
public sealed class BudgetTests(ApiServers servers)
{
    private const string Url = "/api/budget";

    [Fact]
    public async Task Limits_that_are_set_can_be_read_and_taken_away()
    {
        await using var api = await servers.StartApiAsync();
        var admin = api.ClientOf("root", "admin");

        var set = await PutAsync(admin, """{"limits":[{"scope":"fleet","soft":0.5,"hard":1.25},{"scope":"owner:*","hard":0.1}],"stopped":true}""");
        var removed = await PutAsync(admin, """{"limits":[{"scope":"owner:*"}],"stopped":false}""");
        var read = await (await admin.GetAsync(new Uri(Url, UriKind.Relative), ApiRequests.Cancellation)).ReadAsync();

        Assert.Equal("fleet 0.5 1.25 0, owner:* null 0.1 0", Limits(set));
        Assert.NotEqual(JsonValueKind.Null, set.GetProperty("stoppedAt").ValueKind);
        Assert.Equal("fleet 0.5 1.25 0", Limits(removed));
        Assert.Equal(JsonValueKind.Null, removed.GetProperty("stoppedAt").ValueKind);
        Assert.Equal(removed.ToString(), read.ToString());
    }

    [Theory]
    [InlineData("""{"limits":[{"scope":"fleet","hard":9},{"scope":"everybody","hard":1}]}""", "limits[1].scope")]
    [InlineData("""{"limits":[{"scope":"fleet","hard":-1}]}""", "limits[0].hard")]
    [InlineData("""{"limits":[{"scope":"fleet","soft":2,"hard":1}]}""", "limits[0].soft")]
    [InlineData("""{"limits":[{"hard":1}]}""", "limits[0].scope")]
    public async Task A_limit_that_makes_no_sense_is_refused_by_its_name_and_nothing_is_changed(string body, string field)
    {
        await using var api = await servers.StartApiAsync();
        var admin = api.ClientOf("root", "admin");

        var problem = await (await admin.PutAsync(new Uri(Url, UriKind.Relative), ApiRequests.Json(body), ApiRequests.Cancellation))
            .ProblemAsync(HttpStatusCode.BadRequest, "/problems/validation");

        Assert.Equal([field], problem.BadFields());
        Assert.Equal("fleet null null 0", Limits(await (await admin.GetAsync(new Uri(Url, UriKind.Relative), ApiRequests.Cancellation)).ReadAsync()));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("somebody", HttpStatusCode.Forbidden)]
    public async Task Others_neither_see_nor_change_it(string? user, HttpStatusCode refusal)
    {
        await using var api = await servers.StartApiAsync();
        var client = api.ClientOf(user);

        Assert.Equal(refusal, (await client.GetAsync(new Uri(Url, UriKind.Relative), ApiRequests.Cancellation)).StatusCode);
        Assert.Equal(refusal, (await client.PutAsync(new Uri(Url, UriKind.Relative), ApiRequests.Json("""{"stopped":true}"""), ApiRequests.Cancellation)).StatusCode);
    }

    private static async Task<JsonElement> PutAsync(HttpClient client, string body)
    {
        var response = await client.PutAsync(new Uri(Url, UriKind.Relative), ApiRequests.Json(body), ApiRequests.Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.ReadAsync();
    }

    private static string Limits(JsonElement standing) => string.Join(", ", standing.GetProperty("limits").EnumerateArray().Select(limit =>
        $"{limit.GetProperty("scope").GetString()} {Amount(limit, "soft")} {Amount(limit, "hard")} {Amount(limit, "spent")}"));

    private static string Amount(JsonElement limit, string name) => limit.GetProperty(name).GetRawText();
}
