using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Providers;
using StackExchange.Redis;

namespace Api.Tests;

/// <summary>The providers' circuits, as anybody sees them and an administrator changes them. The API makes no calls itself.</summary>
public sealed class CircuitTests(ApiServers servers)
{
    private const string Status = "/api/circuit-breakers/status";

    [Fact]
    public async Task A_circuit_of_a_worker_is_shown_and_opened_and_closed_by_hand()
    {
        await using var api = await servers.StartApiAsync();
        using var worker = await StartWorkerAsync(api, "by-hand");
        var admin = api.ClientOf("root", "admin");

        var closed = await SeenAsync(api, "by-hand");
        var opened = await PutAsync(admin, "by-hand", """{"state":"OPEN","seconds":600}""");
        await Eventually.TrueAsync(() => BreakerOf(worker, "by-hand").Status.State == CircuitState.Open);
        var forGood = await PutAsync(admin, "by-hand", """{"state":"OPEN"}""");
        var again = await PutAsync(admin, "by-hand", """{"state":"CLOSED"}""");
        await Eventually.TrueAsync(() => BreakerOf(worker, "by-hand").Status.State == CircuitState.Closed);

        Assert.Equal("""{"state":"CLOSED","failures":0,"openedAt":null,"nextProbeAt":null}""", closed.GetRawText());
        Assert.Equal("OPEN", opened.GetProperty("state").GetString());
        Assert.InRange(
            opened.GetProperty("nextProbeAt").GetDateTimeOffset() - opened.GetProperty("openedAt").GetDateTimeOffset(),
            TimeSpan.FromSeconds(590),
            TimeSpan.FromSeconds(610));
        Assert.Equal(JsonValueKind.Null, forGood.GetProperty("nextProbeAt").ValueKind);
        Assert.Equal("CLOSED", again.GetProperty("state").GetString());
        await worker.StopAsync(ApiRequests.Cancellation);
    }

    [Fact]
    public async Task The_circuit_of_a_model_has_the_models_name()
    {
        await using var api = await servers.StartApiAsync();
        using var worker = await StartWorkerAsync(api, "with", "a-model");
        await SeenAsync(api, "with/a-model");

        var opened = await PutAsync(api.ClientOf("root", "admin"), "with/a-model", """{"state":"OPEN"}""");

        Assert.Equal("OPEN", opened.GetProperty("state").GetString());
        await worker.StopAsync(ApiRequests.Cancellation);
    }

    [Theory]
    [InlineData("""{"state":"HALF_OPEN"}""", "state")]
    [InlineData("""{}""", "state")]
    [InlineData("""{"state":"OPEN","seconds":0}""", "seconds")]
    [InlineData("""{"state":"CLOSED","seconds":5}""", "seconds")]
    public async Task What_makes_no_sense_is_refused_by_its_name(string body, string field)
    {
        await using var api = await servers.StartApiAsync();

        var problem = await (await SendAsync(api.ClientOf("root", "admin"), "openai", body)).ProblemAsync(HttpStatusCode.BadRequest, "/problems/validation");

        Assert.Equal([field], problem.BadFields());
    }

    [Fact]
    public async Task A_circuit_that_there_is_not_is_not_found()
    {
        await using var api = await servers.StartApiAsync();

        await (await SendAsync(api.ClientOf("root", "admin"), "nobody", """{"state":"OPEN"}""")).ProblemAsync(HttpStatusCode.NotFound, "/problems/not-found");
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("somebody", HttpStatusCode.Forbidden)]
    public async Task Others_see_it_and_cannot_change_it(string? user, HttpStatusCode refusal)
    {
        await using var api = await servers.StartApiAsync();
        var client = api.ClientOf(user);

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri(Status, UriKind.Relative), ApiRequests.Cancellation)).StatusCode);
        Assert.Equal(refusal, (await SendAsync(client, "openai", """{"state":"OPEN"}""")).StatusCode);
    }

    // What a worker has of it, without its queue.
    private static async Task<IHost> StartWorkerAsync(ApiHost api, string provider, string? model = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(api.Services.GetRequiredService<IConnectionMultiplexer>());
        builder.AddProviderGuard();
        var worker = builder.Build();
        worker.Services.GetRequiredService<Breakers>().For(new(provider, model), new());
        await worker.StartAsync(ApiRequests.Cancellation);
        return worker;
    }

    private static Breaker BreakerOf(IHost worker, string provider) => worker.Services.GetRequiredService<Breakers>().For(new(provider), new());

    private static async Task<JsonElement> SeenAsync(ApiHost api, string name)
    {
        JsonElement circuit = default;
        await Eventually.TrueAsync(async () =>
        {
            var all = await (await api.ClientOf(null).GetAsync(new Uri(Status, UriKind.Relative), ApiRequests.Cancellation)).ReadAsync();
            return all.TryGetProperty(name, out circuit);
        });
        return circuit;
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string name, string body) =>
        client.PutAsync(new Uri($"/api/circuit-breakers/{name}", UriKind.Relative), ApiRequests.Json(body), ApiRequests.Cancellation);

    private static async Task<JsonElement> PutAsync(HttpClient client, string name, string body)
    {
        var response = await SendAsync(client, name, body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.ReadAsync();
    }
}
