using ProviderSimulator.Limits;
using ProviderSimulator.Scripts;

namespace ProviderSimulator.Wire;

/// <summary>An error before it is put into a provider's form.</summary>
/// <param name="Status">The status.</param>
/// <param name="Message">For people.</param>
internal sealed record WireError(int Status, string Message)
{
    /// <summary>OpenAI's code, where it has one that the status doesn't imply.</summary>
    public string? Code { get; init; }

    /// <summary>The field that is wrong.</summary>
    public string? Param { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public RetryAfterForm RetryAfterForm { get; init; }

    public static WireError ContentPolicy { get; } = BadRequest("Your request was rejected as a result of our safety system.") with
    {
        Code = "content_policy_violation",
    };

    public static WireError? Of(FaultRule? fault) => fault switch
    {
        { Status: { } status } => new(status, $"The simulator was told to answer {status}.")
        {
            RetryAfter = fault.RetryAfter,
            RetryAfterForm = fault.RetryAfterForm,
        },
        { Fault: Fault.Quota } => new(StatusCodes.Status429TooManyRequests, "You exceeded your current quota, please check your plan and billing details.")
        {
            Code = "insufficient_quota",
        },
        _ => null,
    };

    public static WireError Of(LimitRefusal refusal, string model)
    {
        var (unit, limit) = refusal.OfTokens
            ? ("tokens per min (TPM)", refusal.Rule.TokensPerMinute)
            : ("requests per min (RPM)", refusal.Rule.RequestsPerMinute);
        return new(StatusCodes.Status429TooManyRequests, $"Rate limit reached for {model} on {unit}: Limit {limit}.")
        {
            Param = refusal.OfTokens ? "tokens" : "requests",
            RetryAfter = refusal.RetryAfter,
            RetryAfterForm = refusal.Rule.RetryAfterForm,
        };
    }

    public static WireError BadRequest(string message, string? param = null) => new(StatusCodes.Status400BadRequest, message) { Param = param };
}
