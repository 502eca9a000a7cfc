using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Browser.Tests;

/// <summary>Somebody else's receiver, called back by the whole system: the npm package "standardwebhooks".</summary>
[Collection(nameof(Topology))]
public sealed class WebhookTests(Topology topology)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_verifies_the_call_with_the_callers_secret_and_with_nobody_elses()
    {
        using var client = new HttpClient { BaseAddress = topology.Api };
        var port = FreePort.Next();
        var receiver = NodePackages.RunAsync("receive.mjs", $"{port}", await SecretAsync(client, "ada"), await SecretAsync(client, "bob"));
        await Eventually.TrueAsync(() => receiver.IsCompleted || IsListening(port));

        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/ai/generate-flashcards?callbackUrl=http://localhost:{port}/hook")
        {
            Content = JsonContent.Create(new { content = "ATP synthase is the enzyme that uses the flow of protons to make ATP.", subject = "Medicine", topic = "Cells" }),
            Headers = { { "user-id", "ada" } },
        };
        using var response = await client.SendAsync(request, Cancellation);
        var jobId = (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("jobId").GetGuid();

        Assert.Equal((0, $"verified {jobId} completed\nnot with another secret\n"), await receiver);
    }

    private static async Task<string> SecretAsync(HttpClient client, string user)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/webhook-secrets") { Headers = { { "user-id", user } } };
        using var response = await client.SendAsync(request, Cancellation);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("secrets")[0].GetString()!;
    }

    private static bool IsListening(int port)
    {
        try
        {
            using var probe = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
