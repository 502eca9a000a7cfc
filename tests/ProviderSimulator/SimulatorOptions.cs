using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using ProviderSimulator.Limits;
using ProviderSimulator.Records;
using ProviderSimulator.Scripts;

namespace ProviderSimulator;

/// <summary>How the simulator starts.</summary>
public sealed class SimulatorOptions
{
    public const string SectionName = "Simulator";

    /// <summary>The models that there are; calls of others are answered 404. Defaults to none, which lets every name do.</summary>
    public IReadOnlyList<string> Models { get; set; } = [];

    /// <summary>What models cost, by name; that of <c>*</c> holds for all that have none of their own. Defaults to nothing.</summary>
    public IReadOnlyDictionary<string, Price> Prices { get; set; } = new Dictionary<string, Price>();

    /// <summary>The most tokens of an answer that isn't a document. Defaults to 50.</summary>
    [Range(1, 100_000)]
    public int AnswerTokens { get; set; } = 50;

    /// <summary>How many calls the record keeps; older ones are dropped, and still counted. Defaults to 100,000.</summary>
    [Range(1, 10_000_000)]
    public int RecordedCalls { get; set; } = 100_000;

    /// <summary>What the provider allows, until others are set. Defaults to no limits.</summary>
    [ValidateEnumeratedItems]
    public IReadOnlyList<LimitRule> Limits { get; set; } = [];

    /// <summary>How it behaves, until another is set. Defaults to behaving well.</summary>
    [ValidateObjectMembers]
    public Script Script { get; set; } = new();
}
