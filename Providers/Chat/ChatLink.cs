using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.AI;
using Providers.Guard.Calls;
using Providers.Guard.Spending;
using Queueing;

namespace Providers.Chat;

/// <summary>One provider of the chain: its client behind its guard.</summary>
internal sealed class ChatLink(string provider, IChatClient client, ProviderGuards guards, BudgetWatch? budget)
{
    private const string SoftLimit = "soft-limit";

    // Pieces that are here and not yet taken: as many as a caller that writes each to a file is behind.
    private const int Buffered = 64;

    public string Provider => provider;

    public IChatClient Client => client;

    private string DefaultModel => client.GetService<ChatClientMetadata>()?.DefaultModelId ?? "";

    public void SetUp() => guards.For(provider, DefaultModel);

    public async Task<ChatResponse> AskAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions? options, JobContext? job, string? why, CancellationToken cancellationToken)
    {
        var (guard, asked, call, reason) = Prepare(messages, options, job, why, isStream: false);
        var response = await guard.CallAsync(
            call,
            async token =>
            {
                var response = await client.GetResponseAsync(messages, asked, token);
                Take(call, response.Usage);
                return response;
            },
            cancellationToken);
        Report(guard, call, response.ModelId, reason, job);
        return response;
    }

    public async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        IReadOnlyList<ChatMessage> messages,
        ChatOptions? options,
        JobContext? job,
        string? why,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (guard, asked, call, reason) = Prepare(messages, options, job, why, isStream: true);
        var pieces = Channel.CreateBounded<ChatResponseUpdate>(new BoundedChannelOptions(Buffered) { SingleReader = true, SingleWriter = true });
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pump = PumpAsync(left.Token);
        try
        {
            await foreach (var piece in pieces.Reader.ReadAllAsync(cancellationToken))
            {
                yield return piece;
            }
        }
        finally
        {
            // Somebody who has heard enough ends the call.
            await left.CancelAsync();
            await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task PumpAsync(CancellationToken token)
        {
            try
            {
                var model = await guard.CallAsync(call, WriteAsync, token);
                Report(guard, call, model, reason, job);
                pieces.Writer.Complete();
            }
            catch (Exception exception)
            {
                pieces.Writer.Complete(exception);
            }
        }

        async Task<string?> WriteAsync(CancellationToken token)
        {
            string? model = null;
            UsageDetails? usage = null;
            await foreach (var piece in client.GetStreamingResponseAsync(messages, asked, token))
            {
                model ??= piece.ModelId;
                foreach (var content in piece.Contents.OfType<UsageContent>())
                {
                    (usage ??= new()).Add(content.Details);
                }

                Take(call, usage);
                call.HasBegun = true;
                await pieces.Writer.WriteAsync(piece, token);
            }

            return model;
        }
    }

    private (ProviderGuard Guard, ChatOptions Asked, ProviderCall Call, string? Why) Prepare(
        IReadOnlyList<ChatMessage> messages, ChatOptions? options, JobContext? job, string? why, bool isStream)
    {
        // A model that was asked for by name is the first provider's.
        var model = (why is null ? options?.ModelId : null) ?? DefaultModel;
        var guard = guards.For(provider, model);
        if (guard.Options.CheaperModel is { } cheaper && cheaper != model && budget?.Standing?.IsOverSoft(job?.Type ?? "") == true)
        {
            (guard, model) = (guards.For(provider, cheaper), cheaper);
            why = why is null ? SoftLimit : $"{why}, {SoftLimit}";
        }

        var asked = options?.Clone() ?? new();
        asked.ModelId = model;
        asked.MaxOutputTokens ??= guard.Options.MaxOutputTokens;
        return (guard, asked, new(TokenEstimate.Of(messages, asked), asked.MaxOutputTokens.Value, guard.Price, job) { IsStream = isStream }, why);
    }

    private static void Take(ProviderCall call, UsageDetails? usage)
    {
        if (usage is { InputTokenCount: not null } or { OutputTokenCount: not null })
        {
            call.Use(usage.InputTokenCount ?? 0, usage.OutputTokenCount ?? 0);
        }
    }

    // A provider that doesn't say what it took has cost its estimate.
    private void Report(ProviderGuard guard, ProviderCall call, string? model, string? why, JobContext? job)
    {
        var (input, output) = call.UsedTokens ?? default;
        job?.AddUsage(new(provider, model ?? guard.Key.Model!, input, output, call.Cost ?? call.EstimatedCost, why));
    }
}
