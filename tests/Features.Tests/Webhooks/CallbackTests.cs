using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Features.Flashcards;
using Features.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Queueing;

namespace Features.Tests.Webhooks;

/// <summary>What a receiver is told of a job's end, and what becomes of it where receivers misbehave.</summary>
public sealed class CallbackTests(FeatureHost features)
{
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["Webhooks:AllowedHosts:0"] = "localhost",
        ["Webhooks:AllowPrivateAddresses"] = "true",
        ["Webhooks:Keys:0"] = Key(1),
        ["Webhooks:Keys:1"] = Key(2),
        ["Webhooks:Timeout"] = "00:00:01",
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("test", "failed")]
    [InlineData("The mitochondrion is an organelle that produces most of the chemical energy of the cell.", "completed")]
    public async Task The_status_document_of_the_ended_job_is_posted_and_signed_with_each_of_the_owners_secrets(string content, string state)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var worker = await features.StartWorkerAsync(Settings);

        var jobId = await EnqueueAsync(worker, receiver.Url, content);

        var callback = await worker.EndOfAsync((await CallbackAsync(worker)).JobId);
        Assert.Equal((JobState.Completed, 200, "test"), (callback.Status, callback.Result?.GetProperty("statusCode").GetInt32(), callback.Owner));
        var call = Assert.Single(receiver.Calls);
        Assert.Equal(("POST", "/hook?k=v", "application/json"), (call.Method, call.Path, call.Headers["content-type"]));
        Assert.Equal(JsonSerializer.Serialize(await worker.StatusAsync(jobId), JobJson.Options), call.Body);
        Assert.Equal(state, JsonDocument.Parse(call.Body).RootElement.GetProperty("status").GetString());
        Assert.Equal(callback.JobId.ToString(), call.Headers["webhook-id"]);
        Assert.Equal(string.Join(' ', SecretsOf("test").Select(secret => Signature(secret, call))), call.Headers["webhook-signature"]);
        Assert.Empty(SecretsOf("test").Intersect(SecretsOf("another")));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(404)]
    [InlineData(307)]
    public async Task A_call_that_is_not_accepted_is_made_again_as_the_same_message(int answer)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var worker = await features.StartWorkerAsync(Settings);
        receiver.Answer = (call, context) =>
        {
            context.Response.StatusCode = call == 1 ? answer : 204;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        };

        await EnqueueAsync(worker, receiver.Url);

        await AgainAsync(worker);
        var callback = await worker.EndOfAsync((await CallbackAsync(worker)).JobId);
        Assert.Equal((JobState.Completed, 2, 204), (callback.Status, callback.Attempt, callback.Result?.GetProperty("statusCode").GetInt32()));
        Assert.Equal(2, receiver.Calls.Count(call => call.Path == "/hook?k=v"));
        Assert.Single(receiver.Calls.Select(call => call.Headers["webhook-id"]).Distinct());
        Assert.All(receiver.Calls, call => Assert.Contains(Signature(SecretsOf("test")[0], call), call.Headers["webhook-signature"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_receiver_that_says_when_is_called_then()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var worker = await features.StartWorkerAsync(Settings);
        receiver.Answer = (_, context) =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "7200";
            return Task.CompletedTask;
        };

        await EnqueueAsync(worker, receiver.Url);

        var waiting = await DelayedAsync(worker);
        Assert.Equal(2, Math.Round((waiting.RunAt - waiting.CreatedAt).TotalHours, 1)); // By its own backoff it would be ten seconds at most.
    }

    [Fact]
    public async Task One_that_wants_no_more_calls_gets_none()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var worker = await features.StartWorkerAsync(Settings);
        receiver.Answer = (_, context) => Task.FromResult(context.Response.StatusCode = 410);

        await EnqueueAsync(worker, receiver.Url);

        var callback = await worker.EndOfAsync((await CallbackAsync(worker)).JobId);
        Assert.Equal((JobState.Failed, "callback-gone", 1), (callback.Status, callback.Error?.Type, callback.Attempt));
    }

    [Fact]
    public async Task One_that_hangs_resets_or_is_away_is_called_again()
    {
        await using var worker = await features.StartWorkerAsync(Settings);
        var port = FreePort.Next();
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, port);

        await EnqueueAsync(worker, new($"http://localhost:{port}/")); // Nobody listens.
        Assert.Contains("can't be reached", await ErrorAsync(worker), StringComparison.Ordinal);

        listener.Start();
        await worker.MakeDueAsync();
        using (var hanging = await listener.AcceptSocketAsync(Cancellation))
        {
            Assert.Contains("in time", await ErrorAsync(worker), StringComparison.Ordinal);
        }

        await worker.MakeDueAsync();
        (await listener.AcceptSocketAsync(Cancellation)).Close(timeout: 0); // A reset.
        Assert.Contains("can't be reached", await ErrorAsync(worker), StringComparison.Ordinal);

        await worker.MakeDueAsync();
        using var answering = await listener.AcceptSocketAsync(Cancellation);
        await answering.SendAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n"), Cancellation); // Its body is nobody's concern.
        Assert.Equal((JobState.Completed, 4), await worker.EndOfAsync((await CallbackAsync(worker)).JobId) is var callback ? (callback.Status, callback.Attempt) : default);
    }

    [Fact]
    public async Task A_job_that_runs_again_is_told_of_at_its_next_end_only()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var worker = await features.StartWorkerAsync(Settings);
        receiver.Answer = (call, context) => Task.FromResult(context.Response.StatusCode = call == 1 ? 500 : 200);
        var jobId = await EnqueueAsync(worker, receiver.Url, "test");
        await DelayedAsync(worker);

        await worker.Control.PauseAsync("flashcard-generation", Cancellation);
        await worker.Control.TryRedriveAsync(jobId, Cancellation);
        await worker.MakeDueAsync();
        var first = await worker.EndOfAsync((await CallbackAsync(worker)).JobId);
        await worker.Control.ResumeAsync("flashcard-generation", Cancellation);

        Assert.Equal(JobState.Cancelled, first.Status);
        await receiver.UntilCalledAsync(2);
        Assert.Equal(2, (await worker.OfTypeAsync("post-callback")).Count);
    }

    [Fact]
    public async Task A_host_that_was_taken_off_the_list_meanwhile_is_not_called()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var worker = await features.StartWorkerAsync(new(Settings) { ["Webhooks:AllowedHosts:0"] = "example.com" });

        await EnqueueAsync(worker, receiver.Url);

        var callback = await worker.EndOfAsync((await CallbackAsync(worker)).JobId);
        Assert.Equal((JobState.Failed, "callback-refused", 1), (callback.Status, callback.Error?.Type, callback.Attempt));
        Assert.Empty(receiver.Calls);
    }

    [Fact]
    public async Task A_name_that_leads_into_this_network_is_not_called()
    {
        await using var worker = await features.StartWorkerAsync(new(Settings) { ["Webhooks:AllowPrivateAddresses"] = "false" });
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();

        await EnqueueAsync(worker, new($"https://localhost:{((System.Net.IPEndPoint)listener.LocalEndpoint).Port}/"));

        var callback = await worker.EndOfAsync((await CallbackAsync(worker)).JobId);
        Assert.Equal((JobState.Failed, "callback-refused", 1), (callback.Status, callback.Error?.Type, callback.Attempt));
        Assert.False(listener.Pending());
    }

    private static string Key(byte filler) => Convert.ToBase64String(Enumerable.Repeat(filler, 32).ToArray());

    private static string[] SecretsOf(string owner) => new WebhookSecrets(Options.Create(new WebhookOptions { Keys = [Key(1), Key(2)] })).Of(owner);

    private static string Signature(string secret, Receiver.Call call)
    {
        var signed = $"{call.Headers["webhook-id"]}.{long.Parse(call.Headers["webhook-timestamp"], CultureInfo.InvariantCulture)}.{call.Body}";
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes(signed)));
    }

    private static Task<Guid> EnqueueAsync(FeatureWorker worker, Uri url, string content = "test") =>
        worker.EnqueueAsync(new GenerateFlashcards(content, "Medicine", "Cells"), new() { Continuation = jobId => new PostCallback(jobId, url) });

    private static Task<JobStatus> CallbackAsync(FeatureWorker worker) =>
        Eventually.NotNullAsync(async () => await worker.OfTypeAsync("post-callback") is [var first, ..] ? first : null, "a callback");

    private static Task<JobStatus> DelayedAsync(FeatureWorker worker) =>
        Eventually.NotNullAsync(async () => await CallbackAsync(worker) is { Status: JobState.Delayed, Attempt: > 0 } delayed ? delayed : null, "a callback to be made again");

    private static async Task AgainAsync(FeatureWorker worker)
    {
        await DelayedAsync(worker);
        await worker.MakeDueAsync();
    }

    private static async Task<string> ErrorAsync(FeatureWorker worker)
    {
        var attempt = (await DelayedAsync(worker)).Attempt;
        return (await worker.FailuresAsync((await CallbackAsync(worker)).JobId)).Single(failure => failure.Attempt == attempt).Error.Message;
    }
}
