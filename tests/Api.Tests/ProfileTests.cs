using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Api.Tests;

public sealed class ProfileTests(ApiServers servers)
{
    private static readonly Guid Topic = Guid.NewGuid();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_that_is_known_of_a_learner_comes_in_one_answer()
    {
        await using var api = await servers.StartApiAsync();
        await TeachAsync(api);
        using var client = api.ClientOf("ann");
        await client.PutAsJsonAsync("/api/user/ann", new { name = "Ann" }, Cancellation);
        await client.PutAsJsonAsync($"/api/progress/ann/{Topic}", new { percent = 40 }, Cancellation);

        var profile = (await ProfileAsync(client, "ann")).GetProperty("profile");

        Assert.Equal(("ann", "Ann"), (profile.GetProperty("user").GetProperty("id").GetString(), profile.GetProperty("user").GetProperty("name").GetString()));
        Assert.Equal(20, profile.GetProperty("progress")[0].GetProperty("percent").GetInt32()); // Of two topics.
        Assert.Equal([40, 0], profile.GetProperty("progress")[0].GetProperty("topics").EnumerateArray().Select(topic => topic.GetProperty("percent").GetInt32()));
        Assert.Equal(("Cells", "/api/manifest/ann"), (profile.GetProperty("lessons")[0].GetProperty("title").GetString(), profile.GetProperty("manifestUrl").GetString()));
        Assert.Equal((1, 0, 2, 1), (Stat("lessons"), Stat("topicsFinished"), Stat("answers"), Stat("rightAnswers")));

        int Stat(string name) => profile.GetProperty("stats").GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task Its_parts_can_be_asked_for_one_by_one()
    {
        await using var api = await servers.StartApiAsync();
        await TeachAsync(api);
        using var client = api.ClientOf("ann");
        await client.PutAsJsonAsync($"/api/progress/ann/{Topic}", new { percent = 100 }, Cancellation);
        var profile = (await ProfileAsync(client, "ann")).GetProperty("profile");

        Assert.Equal(profile.GetProperty("user").ToString(), (await GetAsync(client, "/api/user/ann")).ToString());
        Assert.Equal(profile.GetProperty("lessons").ToString(), (await GetAsync(client, "/api/lessons/ann")).ToString());
        Assert.Equal(profile.GetProperty("progress").ToString(), (await GetAsync(client, "/api/progress/ann")).ToString());
        var items = (await GetAsync(client, profile.GetProperty("manifestUrl").GetString()!)).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["lesson", "course"], items.Select(item => item.GetProperty("kind").GetString()));
        foreach (var item in items)
        {
            Assert.Equal(JsonValueKind.Object, (await GetAsync(client, item.GetProperty("url").GetString()!)).ValueKind);
        }
    }

    [Fact]
    public async Task The_second_answer_is_from_memory_until_something_changes()
    {
        await using var api = await servers.StartApiAsync();
        using var client = api.ClientOf("ann");
        await ListenedAsync(client, "ann");

        await client.PutAsJsonAsync("/api/user/ann", new { name = "Another" }, Cancellation);
        var changed = await ProfileAsync(client, "ann");
        await ListenedAsync(client, "ann"); // The change is told, too, and counted again.
        var again = await ProfileAsync(client, "ann");

        Assert.Equal(("Another", false), (NameOf(changed), changed.GetProperty("cached").GetBoolean()));
        Assert.Equal("Another", NameOf(again));
    }

    [Fact]
    public async Task Of_many_that_ask_at_once_one_reads_and_the_others_have_what_it_read()
    {
        await using var api = await servers.StartApiAsync();
        using var client = api.ClientOf("root", "admin");
        await ListenedAsync(client, "ann");

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ProfileAsync(client, "somebody-else")));

        Assert.Single(answers, answer => !answer.GetProperty("cached").GetBoolean());
    }

    [Fact]
    public async Task A_change_in_one_process_is_seen_in_the_others_and_nothing_older_after_it()
    {
        var (one, other) = await servers.StartTwoAsync();
        await using var first = one;
        await using var second = other;
        using var writer = one.ClientOf("ann");
        using var reader = other.ClientOf("ann");
        await writer.PutAsJsonAsync("/api/user/ann", new { name = "0" }, Cancellation);
        await ListenedAsync(reader, "ann");

        var seen = 0;
        for (var number = 1; number <= 50; number++)
        {
            await writer.PutAsJsonAsync("/api/user/ann", new { name = number.ToString(CultureInfo.InvariantCulture) }, Cancellation);
            await Eventually.TrueAsync(async () =>
            {
                var now = int.Parse(NameOf(await ProfileAsync(reader, "ann"))!, CultureInfo.InvariantCulture);
                Assert.True(now >= seen, $"{now} after {seen}");
                seen = now;
                return now == number;
            });
        }
    }

    [Fact]
    public async Task While_changes_can_not_be_heard_nothing_is_from_memory_and_after_it_nothing_old()
    {
        await using var api = await servers.StartApiAsync();
        using var client = api.ClientOf("ann");
        await client.PutAsJsonAsync("/api/user/ann", new { name = "Before" }, Cancellation);
        await ListenedAsync(client, "ann");

        // In one statement, so that nobody listens when it is changed.
        await ExecuteAsync(api, """
            with ended as materialized (select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen profile_changed%' or (query = 'select 1' and datname = current_database() and pid <> pg_backend_pid()))
            update learner set name = 'After' where id = 'ann' and (select count(*) from ended) >= 0
            """);

        await Eventually.TrueAsync(async () => NameOf(await ProfileAsync(client, "ann")) == "After");
        await ListenedAsync(client, "ann");
        Assert.Equal("After", NameOf(await ProfileAsync(client, "ann")));
    }

    [Theory]
    [InlineData("/api/profile/ann")]
    [InlineData("/api/manifest/ann")]
    [InlineData("/api/user/ann")]
    [InlineData("/api/lessons/ann")]
    [InlineData("/api/progress/ann")]
    [InlineData("/api/profile/a%20b%C3%A9%7C")]
    public async Task Nobody_sees_anothers_but_an_administrator(string url)
    {
        await using var api = await servers.StartApiAsync();
        using var bob = api.ClientOf("bob");
        using var root = api.ClientOf("root", "admin");

        using var refused = await bob.GetAsync(url, Cancellation);
        using var allowed = await root.GetAsync(url, Cancellation);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (refused.StatusCode, allowed.StatusCode));
    }

    [Fact]
    public async Task An_id_that_nobody_can_sign_in_with_does_not_exist()
    {
        await using var api = await servers.StartApiAsync();
        using var root = api.ClientOf("root", "admin");

        foreach (var id in new[] { new string('a', 201), "a%00b" })
        {
            using var response = await root.GetAsync($"/api/profile/{id}", Cancellation);
            Assert.True(response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{response.StatusCode}");
        }
    }

    [Fact]
    public async Task Nobody_changes_anothers()
    {
        await using var api = await servers.StartApiAsync();
        await TeachAsync(api);
        using var bob = api.ClientOf("bob");

        using var name = await bob.PutAsJsonAsync("/api/user/ann", new { name = "Bob" }, Cancellation);
        using var progress = await bob.PutAsJsonAsync($"/api/progress/ann/{Topic}", new { percent = 100 }, Cancellation);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (name.StatusCode, progress.StatusCode));
    }

    [Theory]
    [InlineData("{}", "percent")]
    [InlineData("""{"percent":101}""", "percent")]
    public async Task What_is_no_percentage_is_refused_by_its_name(string body, string field)
    {
        await using var api = await servers.StartApiAsync();
        using var client = api.ClientOf("ann");

        using var response = await client.PutAsync(
            $"/api/progress/ann/{Topic}", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.True((await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("errors").TryGetProperty(field, out _));
    }

    /// <summary>Waits until the process hears of changes: then the second answer is from memory.</summary>
    private static Task ListenedAsync(HttpClient client, string user) =>
        Eventually.TrueAsync(async () => (await ProfileAsync(client, user)).GetProperty("cached").GetBoolean());

    private static string? NameOf(JsonElement answer) => answer.GetProperty("profile").GetProperty("user").GetProperty("name").GetString();

    private static Task<JsonElement> ProfileAsync(HttpClient client, string user) => GetAsync(client, $"/api/profile/{user}");

    private static Task<JsonElement> GetAsync(HttpClient client, string url) => client.GetFromJsonAsync<JsonElement>(url, Cancellation);

    private static Task TeachAsync(ApiHost api) => ExecuteAsync(api, $"""
        insert into course values ('{Guid.NewGuid()}', 'Biology', 'Cells.', 'beginner', 1, 1);
        insert into topic select '{Topic}', id, 1, 'Cells', 'What cells are.', 1 from course;
        insert into topic select gen_random_uuid(), id, 1, 'Organs', 'What organs are.', 2 from course;
        insert into test select gen_random_uuid(), id, 'A test' from course;
        insert into test_question select gen_random_uuid(), test.id, '{Topic}', n, 'Which?', array['a', 'b'], 'a' from test, generate_series(1, 2) n;
        insert into test_answer select 'ann', id, case position when 1 then 'a' else 'b' end from test_question;
        insert into lesson (job_id, learner_id, title, subject, topic, content) values (gen_random_uuid(), 'ann', 'Cells', 'Biology', 'Cells', '{"{}"}');
        """);

    private static async Task ExecuteAsync(ApiHost api, string sql)
    {
        await using var command = api.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
