using ProviderSimulator.Records;

namespace ProviderSimulator.Calls;

/// <summary>
/// A call that is being answered. It ends just before its last byte is written, so that a client that has its answer finds
/// the call ended, and its next call doesn't seem to overlap with this one.
/// </summary>
internal sealed class OpenCall(CallRecord record, ProviderCall call, Price price, Clock clock)
{
    private bool ended;

    public string Id { get; } = $"{call.Id:d8}";

    public DateTimeOffset Arrived => call.Arrived;

    /// <summary>The same, as OpenAI writes it.</summary>
    public long Created => call.Arrived.ToUnixTimeSeconds();

    public void Answer(int status) => call = call with { Status = status };

    public void Read(long tokens) => call = call with { PromptTokens = tokens };

    public void Wrote(long tokens) => call = call with { CompletionTokens = call.CompletionTokens + tokens };

    /// <summary>The first end counts.</summary>
    public void End(CallOutcome outcome)
    {
        if (!ended)
        {
            ended = true;
            record.End(call with
            {
                Ended = clock.Now,
                Outcome = outcome,
                Cost = price.Of(call.PromptTokens, call.CompletionTokens),
            });
        }
    }
}
