using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Providers;
using Queueing;

namespace Browser.Tests;

/// <summary>Somebody else's provider, asked by our client: the npm package "@dwmkerr/mock-llm", which repeats what it is told.</summary>
public sealed class ModelTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_guarded_client_is_answered_at_once_and_piece_by_piece()
    {
        var port = FreePort.Next();
        var mock = await NodePackages.StartAsync(
            new Dictionary<string, string?> { ["HOST"] = "127.0.0.1", ["PORT"] = $"{port}" }, "node_modules/@dwmkerr/mock-llm/dist/main.js");
        await AnswersAsync(new($"http://127.0.0.1:{port}/health"));
        using var host = BuildHost($"http://127.0.0.1:{port}/v1");
        await using var scope = host.Services.CreateAsyncScope();
        var chat = scope.ServiceProvider.GetRequiredService<IChatClient>();

        var question = string.Join(' ', Enumerable.Repeat("A cell is the basic unit of life.", 10));
        var whole = await chat.GetResponseAsync(question, cancellationToken: Cancellation);
        var pieces = await chat.GetStreamingResponseAsync(question, cancellationToken: Cancellation).ToListAsync(Cancellation);

        Assert.Equal(question, whole.Text);
        Assert.Equal(whole.Text, string.Concat(pieces.Select(piece => piece.Text)));
        Assert.InRange(pieces.Count, 2, int.MaxValue);
        await mock.KillAsync();
    }

    private static IHost BuildHost(string endpoint)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration["Chat:Chain:0"] = "openai";
        builder.Configuration["OPENAI_BASE_URL"] = endpoint;
        builder.Configuration["OPENAI_MODEL"] = "gpt-4o-mini";
        builder.AddJobQueue("jobs");
        builder.AddChat();
        return builder.Build();
    }

    private static async Task AnswersAsync(Uri address)
    {
        using var http = new HttpClient();
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                return (await http.GetAsync(address, Cancellation)).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }
}
