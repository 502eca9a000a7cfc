using System.Globalization;
using Microsoft.Extensions.AI;

namespace Providers;

/// <summary>
/// A call of a provider failed. The message is for people, and has nothing of what was sent or answered: providers repeat
/// keys and prompts in their errors.
/// </summary>
public sealed class ProviderException : Exception
{
    /// <param name="provider">The provider's name, as <see cref="ProviderKey.Provider"/>.</param>
    /// <param name="fault">What went wrong.</param>
    /// <param name="usage">The tokens that the failed call took, as far as the provider said.</param>
    /// <param name="innerException">The cause, if it can't have anything of the request or the answer in its text.</param>
    public ProviderException(string provider, ProviderFault fault, UsageDetails? usage = null, Exception? innerException = null)
        : base(Describe(provider, fault), innerException) => (Provider, Fault, Usage) = (provider, fault, usage);

    /// <summary>The provider's name.</summary>
    public string Provider { get; }

    /// <summary>What went wrong.</summary>
    public ProviderFault Fault { get; }

    /// <summary>The tokens that the failed call took; null where the provider didn't say.</summary>
    public UsageDetails? Usage { get; }

    private static string Describe(string provider, ProviderFault fault)
    {
        var status = fault.Status is { } code ? string.Create(CultureInfo.InvariantCulture, $" (HTTP {code})") : "";
        var remedy = fault.Remedy is { } words ? $": {words}" : "";
        return $"{provider}: {Sentence(fault.Word)}{status}{remedy}.";
    }

    private static string Sentence(string word) => word switch
    {
        FaultWords.RateLimited => "it takes no more calls for now",
        FaultWords.Timeout => "the answer did not come in time",
        FaultWords.ConnectionLost => "the connection failed, or ended before the answer did",
        FaultWords.Conflict => "the call met another one",
        FaultWords.ServerError => "it failed",
        FaultWords.BadAnswer => "the answer is empty or cannot be read",
        FaultWords.QuotaExhausted => "the account's money or quota is used up",
        FaultWords.ContentRefused => "it refused the content",
        FaultWords.NotAuthorised => "the key is wrong or may not do this",
        FaultWords.BadRequest => "it did not understand the request",
        FaultWords.NotFound => "there is no such model or endpoint",
        FaultWords.TooLarge => "the request is too large",
        FaultWords.NoSpeech => "no words were heard in the recording",
        FaultWords.NotSupported => "it does not do this, in this language or this region",
        FaultWords.NotInstalled => "its program is not on this machine",
        _ => word,
    };
}
