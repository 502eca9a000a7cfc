using Microsoft.Extensions.Options;
using ProviderSimulator.Limits;
using ProviderSimulator.Records;
using ProviderSimulator.Scripts;
using ProviderSimulator.Wire;

namespace ProviderSimulator.Calls;

/// <summary>Takes calls in, one at a time: so times are in order, and limits are exact.</summary>
internal sealed class Reception
{
    private readonly Lock access = new();
    private readonly LimitBook limits = new();
    private readonly CallRecord record;
    private readonly Clock clock;
    private readonly IReadOnlyDictionary<string, Price> prices;
    private ScriptPlayer player;

    public Reception(CallRecord record, Clock clock, IOptions<SimulatorOptions> options)
    {
        this.record = record;
        this.clock = clock;
        prices = options.Value.Prices;
        limits.Set(options.Value.Limits);
        player = new(options.Value.Script, clock.Now);
    }

    /// <summary>Setting one begins it: what the last one had seen is forgotten.</summary>
    public Script Script
    {
        get
        {
            lock (access)
            {
                return player.Script;
            }
        }

        set
        {
            lock (access)
            {
                player = new(value, clock.Now);
            }
        }
    }

    public IReadOnlyList<LimitRule> Limits
    {
        get
        {
            lock (access)
            {
                return limits.Rules;
            }
        }

        set
        {
            lock (access)
            {
                limits.Set(value);
            }
        }
    }

    /// <param name="call">What is known of it; it gets its id and its time here.</param>
    /// <param name="question">What it asks; null if that can't be understood.</param>
    /// <param name="error">Why it is refused in any case; null if it isn't.</param>
    public Admission Admit(ProviderCall call, Question? question, WireError? error)
    {
        lock (access)
        {
            var now = clock.Now;
            var fate = error is null ? player.Choose(call.Model, call.Operation, now) : Fate.None;
            var tokens = question is null ? 0 : question.PromptTokens + question.ReplyTo(fate).Pieces.Count;
            error ??= WireError.Of(fate.Fault);

            LimitRefusal? refusal = null;
            var rate = limits.StateOf(call.Model, now);
            if (error is null && !fate.Is(Fault.ContentPolicy))
            {
                (refusal, rate) = limits.Take(call.Model, tokens, now);
            }

            if (refusal is not null)
            {
                // A limit's refusal comes at once, whatever the script says.
                (error, fate) = (WireError.Of(refusal, call.Model), Fate.None);
            }

            var refused = error is not null || fate.Is(Fault.ContentPolicy);
            call = record.Begin(call with { Arrived = now }, refused ? 0 : tokens);
            return new(new(record, call, PriceOf(call.Model), clock), fate, error, rate);
        }
    }

    private Price PriceOf(string model) => prices.GetValueOrDefault(model) ?? prices.GetValueOrDefault(ModelPattern.All) ?? new();
}
